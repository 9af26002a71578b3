  [ -n "$__password__" ] || {
    ask_hidden __question__
    __password__=$answer
  }
