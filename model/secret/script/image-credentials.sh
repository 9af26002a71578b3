# The chart puts both into JSON as they are.
check_json() {
  case $1 in
    *[\"\\]* | *"
"* | *"$(printf '\t')"* | *"$(printf '\r')"*)
      fail 'imageCredentials cannot hold a quote, a backslash, a tab or a line break; use customImagePullSecrets, or a secret made with kubectl'
      ;;
  esac
}

add() { # key as YAML, user name, password
  check_json "$2"
  check_json "$3"
  quoted_user=$(yaml "$2")
  quoted_password=$(yaml "$3")
  entries="$entries
  registry: $1
  username: $quoted_user
  password: $quoted_password
  email: \"\""
}

__logins__
entries=
__calls__

printf 'imageCredentials:%s\n' "$entries"
say "Gave Helm the logins: $logins"
__expiry__
