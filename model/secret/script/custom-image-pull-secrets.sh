add() { # key as YAML, user name, password
  quoted_user=$(yaml "$2")
  quoted_password=$(yaml "$3")
  entries="$entries
    - registry: $1
      username: $quoted_user
      password: $quoted_password
      email: \"\""
}

__logins__
entries=
__calls__

printf 'customImagePullSecrets:\n  registries:%s\n' "${entries:- []}"
say "Gave Helm the logins: $logins"
__expiry__
