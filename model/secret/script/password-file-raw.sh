  __password__=$(cat <"$file")
