  [ -z "$terminal" ] || stty "$terminal" </dev/tty
