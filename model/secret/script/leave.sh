leave() {
  status=$?
  trap '' HUP INT TERM # a second ctrl+c must not cut this short
__undo__
  exit "$status"
}
__terminal__
trap leave EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
