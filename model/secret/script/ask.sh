# Questions go to the terminal itself: standard input and output may be pipes.
need_terminal() {
  (: </dev/tty) 2>/dev/null || fail __no_terminal__
}
ask() {
  need_terminal
  printf '%s: ' "$1" >/dev/tty
  IFS= read -r answer </dev/tty || fail 'no answer'
}
