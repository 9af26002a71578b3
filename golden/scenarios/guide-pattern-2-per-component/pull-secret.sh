#!/usr/bin/env bash
# Makes the pull secret my-registry-secret in the namespace conductor, with the login to
#   Google Container Registry at gcr.io
#   Quay at quay.io
# Safe to run again: the secret is then replaced.
#
#   bash pull-secret.sh
#
# Variables:
#   NAMESPACE                  where to, if not conductor; several with blanks between
#   SERVER_REGISTRY_KEY_FILE   gcr.io; the file with the service account's JSON key; asked if not set
#   WORKERS_REGISTRY_USERNAME  quay.io; the robot account, NAMESPACE+ROBOT; asked if not set
#   WORKERS_REGISTRY_PASSWORD  quay.io; the robot account's token; asked if not set
#
# Other programs get the password on their standard input only, never as an argument or in a file.
#
# On GKE nodes can pull without a secret, which is better (pullSecret.method: none):
# give the nodes' service account the role Artifact Registry Reader; see also conductor-registry presets gcr
#   gcloud container clusters describe CLUSTER --location=CLUSTERLOCATION --format='value(nodeConfig.serviceAccount)'
#   gcloud projects add-iam-policy-binding my-project --member=serviceAccount:NODESA --role=roles/artifactregistry.reader

set +x +a -euf # a trace would show the password, an export would hand it to every program

say() { printf '%s\n' "$*" >&2; }
fail() { say 'pull-secret.sh: '"$1"; exit "${2-2}"; }

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

# No program started here inherits a password, not even by an exported variable of the same name.
unset answer auth auths secret server_password workers_password
workers_password=${WORKERS_REGISTRY_PASSWORD-}
unset WORKERS_REGISTRY_PASSWORD

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
  (: </dev/tty) 2>/dev/null || fail 'no terminal to ask on; set SERVER_REGISTRY_KEY_FILE, WORKERS_REGISTRY_USERNAME, WORKERS_REGISTRY_PASSWORD'
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

# Google Container Registry at gcr.io
server_login() {
  user=_json_key_base64
  file=${SERVER_REGISTRY_KEY_FILE-}
  [ -n "$file" ] || {
    ask 'Key file for Google Container Registry at gcr.io (the file with the service account'\''s JSON key)'
    file=$answer
  }
  case $file in \~/*) file=$HOME/${file#\~/} ;; esac # a typed ~ is not expanded yet
  [ -r "$file" ] || fail "cannot read the key file $file; set SERVER_REGISTRY_KEY_FILE to its path"
  server_password=$(base64 <"$file" | tr -d '\n')
  [ -n "$server_password" ] || fail 'no password for Google Container Registry at gcr.io'
  add '"gcr.io"' "$user" "$server_password"
  note 'gcr.io as '"$user"
}

# Quay at quay.io
workers_login() {
  user=${WORKERS_REGISTRY_USERNAME-}
  [ -n "$user" ] || {
    ask 'User name for Quay at quay.io (the robot account, NAMESPACE+ROBOT)'
    user=$answer
  }
  check_user "$user"
  [ -n "$workers_password" ] || {
    ask_hidden 'Password for Quay at quay.io (the robot account'\''s token)'
    workers_password=$answer
  }
  [ -n "$workers_password" ] || fail 'no password for Quay at quay.io'
  add '"quay.io"' "$user" "$workers_password"
  note 'quay.io as '"$user"
}

auths=
server_login
workers_login

make_secret() { # namespace
  printf '{"auths":{%s}}' "$auths" |
    kubectl create secret docker-registry my-registry-secret --namespace "$1" \
      --from-file=.dockerconfigjson=/dev/stdin --dry-run=client -o yaml
}

for namespace in ${NAMESPACE:-conductor}; do
  # In two steps, so that a failure of either is seen.
  secret=$(make_secret "$namespace") || fail 'kubectl could not make the secret' 1

  # Who may not see or make namespaces may still be allowed to write the secret: kubectl apply will tell.
  kubectl get namespace "$namespace" >/dev/null 2>&1 || kubectl create namespace "$namespace" >&2 ||
    say "warning: could not make sure that there is a namespace $namespace; going on"

  # --server-side, because the client's apply keeps a second copy of the login in an annotation.
  printf '%s\n' "$secret" | kubectl apply --server-side --force-conflicts --namespace "$namespace" -f - >&2 ||
    fail 'kubectl could not write the secret' 1

  say 'Wrote the pull secret my-registry-secret in the namespace '"$namespace: $logins"
done
