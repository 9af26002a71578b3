  file=${__prefix__REGISTRY_KEY_FILE-}
  [ -n "$file" ] || {
    ask __question__
    file=$answer
  }
  case $file in \~/*) file=$HOME/${file#\~/} ;; esac # a typed ~ is not expanded yet
  [ -r "$file" ] || fail "cannot read the key file $file; set __prefix__REGISTRY_KEY_FILE to its path"
