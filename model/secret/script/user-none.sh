  [ -n "$user" ] || {
    note __no_login__
    return
  }
