#!/usr/bin/env bash
# Prints imageCredentials for Helm, which makes the pull secret from it, with the login to
#   Docker Hub at https://index.docker.io/v1/
# It prints the password too, so it writes into a pipe only:
#
#   bash pull-secret.sh | helm upgrade --install conductor ./orkes-helm-charts/charts/orkes-conductor --namespace conductor -f values.yaml -f -
#
# Variables:
#   REGISTRY_USERNAME  user name, if not dockerhub-username
#   REGISTRY_PASSWORD  an access token; for orkesdocker the one that Orkes gave you; asked if not set
#
# Other programs get the password on their standard input only, never as an argument or in a file.

set +x +a -euf # a trace would show the password, an export would hand it to every program

say() { printf '%s\n' "$*" >&2; }
fail() { say 'pull-secret.sh: '"$1"; exit "${2-2}"; }

leave() {
  status=$?
  trap '' HUP INT TERM # a second ctrl+c must not cut this short
  [ -z "$terminal" ] || stty "$terminal" </dev/tty
  # Helm would go on without the logins; this line is no map of values, so it stops.
  [ "$status" = 0 ] || [ -t 1 ] || printf '%s\n' 'pull-secret.sh failed'
  exit "$status"
}
terminal=
trap leave EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# No program started here inherits a password, not even by an exported variable of the same name.
unset answer quoted_password entries password
password=${REGISTRY_PASSWORD-}
unset REGISTRY_PASSWORD

logins= # for the last message
note() { logins="$logins${logins:+, }$1"; }

# All after the first colon would be read as the password. The name is not shown: it may hold one.
check_user() {
  case $1 in
    '') fail 'no user name given' ;;
    *:*) fail 'a user name cannot hold a colon; give the part before it, and the password by itself' ;;
  esac
}

# Questions go to the terminal itself: standard input and output may be pipes.
need_terminal() {
  (: </dev/tty) 2>/dev/null || fail 'no terminal to ask on; set REGISTRY_PASSWORD'
}
ask() {
  need_terminal
  printf '%s: ' "$1" >/dev/tty
  IFS= read -r answer </dev/tty || fail 'no answer'
}
ask_hidden() {
  need_terminal
  terminal=$(stty -g </dev/tty)
  stty -echo </dev/tty
  ask "$1"
  stty "$terminal" </dev/tty
  terminal=
  printf '\n' >/dev/tty
}

[ ! -t 1 ] || fail 'the password would show on the terminal; run: bash pull-secret.sh | helm upgrade --install conductor ./orkes-helm-charts/charts/orkes-conductor --namespace conductor -f values.yaml -f -'

# As a double-quoted YAML string on one line: all that YAML takes for a line break is escaped.
yaml() {
  [ -z "$(printf '%s' "$1" | LC_ALL=C tr -cd '\001-\010\013\014\016-\037\177')" ] ||
    fail 'a user name or password with a control character cannot be given to Helm; use a secret made with kubectl'
  printf '%s\n' "$1" | LC_ALL=C sed -e ':join' -e '$!{' -e N -e 'b join' -e '}' -e 's/[\\"]/\\&/g' -e 's/\n/\\n/g' \
    -e "s/$(printf '\r')/\\\\r/g" -e "s/$(printf '\302\205')/\\\\N/g" \
    -e "s/$(printf '\342\200\250')/\\\\L/g" -e "s/$(printf '\342\200\251')/\\\\P/g" -e 's/.*/"&"/'
}

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

# Docker Hub at https://index.docker.io/v1/
login() {
  user=${REGISTRY_USERNAME:-dockerhub-username}
  check_user "$user"
  [ -n "$password" ] || {
    ask_hidden 'Password for Docker Hub at https://index.docker.io/v1/ (an access token; for orkesdocker the one that Orkes gave you)'
    password=$answer
  }
  [ -n "$password" ] || fail 'no password for Docker Hub at https://index.docker.io/v1/'
  add '"https://index.docker.io/v1/"' "$user" "$password"
  note 'https://index.docker.io/v1/ as '"$user"
}

entries=
login

printf 'imageCredentials:%s\n' "$entries"
say "Gave Helm the logins: $logins"
