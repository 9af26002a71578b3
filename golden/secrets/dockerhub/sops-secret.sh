#!/usr/bin/env bash
# Prints the pull secret dockerhub-credentials for the namespace conductor, encrypted, with the login to
#   Docker Hub at https://index.docker.io/v1/
# What it prints can be kept in git:
#
#   bash sops-secret.sh > dockerhub-credentials.sops.yaml
#
# Who has the key can open it: Flux does by itself, Argo CD and Helm with a plugin. sops, 3.9 or newer,
# takes the key from .sops.yaml, or from SOPS_AGE_RECIPIENTS, SOPS_KMS_ARN and their like.
#
# Variables:
#   NAMESPACE          where to, if not conductor; several with blanks between
#   REGISTRY_USERNAME  your Docker ID, the organization, or orkesdocker for Orkes's images; empty for no login; asked if not set
#   REGISTRY_PASSWORD  an access token; for orkesdocker the one that Orkes gave you; asked if not set
#
# Other programs get the password on their standard input only, never as an argument or in a file.

set +x +a -euf # a trace would show the password, an export would hand it to every program

say() { printf '%s\n' "$*" >&2; }
fail() { say 'sops-secret.sh: '"$1"; exit "${2-2}"; }

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
command -v sops >/dev/null 2>&1 || fail 'cannot find sops; install it, or add its folder to PATH' 1

# No program started here inherits a password, not even by an exported variable of the same name.
unset answer auth auths secret secrets password
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

# Docker Hub at https://index.docker.io/v1/
login() {
  if [ -n "${REGISTRY_USERNAME+set}" ]; then
    user=$REGISTRY_USERNAME
  else
    ask 'User name for Docker Hub at https://index.docker.io/v1/ (your Docker ID, the organization, or orkesdocker for Orkes'\''s images; empty for no login)'
    user=$answer
  fi
  [ -n "$user" ] || {
    note 'no login to https://index.docker.io/v1/'
    return
  }
  check_user "$user"
  [ -n "$password" ] || {
    ask_hidden 'Password for Docker Hub at https://index.docker.io/v1/ (an access token; for orkesdocker the one that Orkes gave you)'
    password=$answer
  }
  [ -n "$password" ] || fail 'no password for Docker Hub at https://index.docker.io/v1/'
  add '"https://index.docker.io/v1/"' "$user" "$password"
  note 'https://index.docker.io/v1/ as '"$user"
}

auths=
login

make_secret() { # namespace
  printf '{"auths":{%s}}' "$auths" |
    kubectl create secret docker-registry dockerhub-credentials --namespace "$1" \
      --from-file=.dockerconfigjson=/dev/stdin --dry-run=client -o yaml
}

secrets=
for namespace in ${NAMESPACE:-conductor}; do
  secret=$(make_secret "$namespace") || fail 'kubectl could not make the secret' 1
  secrets="$secrets${secrets:+
---
}$secret"
done

# Encrypted in one go, into one file: only then does its checksum hold. Names and the kind stay readable.
printf '%s\n' "$secrets" |
  sops encrypt --encrypted-regex '^(data|stringData)$' --filename-override dockerhub-credentials.sops.yaml /dev/stdin ||
  fail 'sops could not encrypt the secret' 1
say 'Encrypted the secret dockerhub-credentials: '"$logins"
