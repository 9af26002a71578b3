# All after the first colon would be read as the password. The name is not shown: it may hold one.
check_user() {
  case $1 in
    '') fail 'no user name given' ;;
    *:*) fail 'a user name cannot hold a colon; give the part before it, and the password by itself' ;;
  esac
}
