  if [ -n "${__prefix__REGISTRY_USERNAME+set}" ]; then
    user=$__prefix__REGISTRY_USERNAME
  else
    ask __question__
    user=$answer
  fi
