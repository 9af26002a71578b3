ask_hidden() {
  need_terminal
  terminal=$(stty -g </dev/tty)
  stty -echo </dev/tty
  ask "$1"
  stty "$terminal" </dev/tty
  terminal=
  printf '\n' >/dev/tty
}
