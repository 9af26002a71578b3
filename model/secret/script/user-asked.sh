  user=${__prefix__REGISTRY_USERNAME-}
  [ -n "$user" ] || {
    ask __question__
    user=$answer
  }
