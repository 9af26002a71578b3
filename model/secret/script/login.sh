# __where__
__function__() {
__user_steps__
__password_steps__
  [ -n "$__password__" ] || fail __no_password__
  add __key__ "$user" "$__password__"
  note __as__"$user"
}
