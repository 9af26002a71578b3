  __password__=$(base64 <"$file" | tr -d '\n')
