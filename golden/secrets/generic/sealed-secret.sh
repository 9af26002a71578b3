#!/usr/bin/env bash
# Prints the pull secret registry-credentials for the namespace conductor, encrypted, with the login to
#   the registry at myregistry.example.com
# What it prints can be kept in git:
#
#   bash sealed-secret.sh > registry-credentials.sealed.yaml
#
# Only the controller in the cluster can open it, under this name and in this namespace (strict scope).
# kubeseal asks the cluster for the controller's certificate; SEALED_SECRETS_CERT=cert.pem does without.
#
# Variables:
#   NAMESPACE          where to, if not conductor; several with blanks between
#   REGISTRY_USERNAME  a user of the registry that may pull; asked if not set
#   REGISTRY_PASSWORD  the password or token for that user; asked if not set
#
# Other programs get the password on their standard input only, never as an argument or in a file.

set +x +a -euf # a trace would show the password, an export would hand it to every program

say() { printf '%s\n' "$*" >&2; }
fail() { say 'sealed-secret.sh: '"$1"; exit "${2-2}"; }

leave() {
  status=$?
  trap '' HUP INT TERM # a second ctrl+c must not cut this short
  [ -z "$terminal" ] || stty "$terminal" </dev/tty
  exit "$status"
}
terminal=
trap leave EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

command -v kubectl >/dev/null 2>&1 || fail 'cannot find kubectl; install it, or add its folder to PATH' 1
command -v kubeseal >/dev/null 2>&1 || fail 'cannot find kubeseal; install it, or add its folder to PATH' 1

# No program started here inherits a password, not even by an exported variable of the same name.
unset answer auth auths secret password
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
  (: </dev/tty) 2>/dev/null || fail 'no terminal to ask on; set REGISTRY_USERNAME, REGISTRY_PASSWORD'
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

# The kubelet needs no more than "auth", which takes any password. JSON allows no line break in it.
add() { # key as JSON, user name, password
  auth=$(printf '%s:%s' "$2" "$3" | base64 | tr -d '\n')
  [ -n "$auth" ] || fail 'base64 failed' 1
  auths="$auths${auths:+,}$1:{\"auth\":\"$auth\"}"
}

# the registry at myregistry.example.com
login() {
  user=${REGISTRY_USERNAME-}
  [ -n "$user" ] || {
    ask 'User name for the registry at myregistry.example.com (a user of the registry that may pull)'
    user=$answer
  }
  check_user "$user"
  [ -n "$password" ] || {
    ask_hidden 'Password for the registry at myregistry.example.com (the password or token for that user)'
    password=$answer
  }
  [ -n "$password" ] || fail 'no password for the registry at myregistry.example.com'
  add '"myregistry.example.com"' "$user" "$password"
  note 'myregistry.example.com as '"$user"
}

auths=
login

make_secret() { # namespace
  printf '{"auths":{%s}}' "$auths" |
    kubectl create secret docker-registry registry-credentials --namespace "$1" \
      --from-file=.dockerconfigjson=/dev/stdin --dry-run=client -o yaml
}

# One after the other: a strict seal is good for one name in one namespace.
for namespace in ${NAMESPACE:-conductor}; do
  secret=$(make_secret "$namespace") || fail 'kubectl could not make the secret' 1
  printf '%s\n' "$secret" | kubeseal --scope strict --namespace "$namespace" --format yaml ||
    fail 'kubeseal could not encrypt the secret' 1
  say 'Sealed the secret registry-credentials for the namespace '"$namespace: $logins"
done
