#!/usr/bin/env bash
# Makes the pull secret gcr-json-key in the namespace conductor, with the login to
#   Google Container Registry at gcr.io
# Safe to run again: the secret is then replaced.
#
#   bash pull-secret.sh
#
# Variables:
#   NAMESPACE          where to, if not conductor; several with blanks between
#   REGISTRY_KEY_FILE  the file with the service account's JSON key; asked if not set
#
# Other programs get the password on their standard input only, never as an argument or in a file.
#
# On GKE nodes can pull without a secret, which is better (pullSecret.method: none):
# give the nodes' service account the role Artifact Registry Reader; see also conductor-registry presets gcr
#   gcloud container clusters describe CLUSTER --location=CLUSTERLOCATION --format='value(nodeConfig.serviceAccount)'
#   gcloud projects add-iam-policy-binding my-gcp-project --member=serviceAccount:NODESA --role=roles/artifactregistry.reader

set +x +a -euf # a trace would show the password, an export would hand it to every program

say() { printf '%s\n' "$*" >&2; }
fail() { say 'pull-secret.sh: '"$1"; exit "${2-2}"; }

command -v kubectl >/dev/null 2>&1 || fail 'cannot find kubectl; install it, or add its folder to PATH' 1

# No program started here inherits a password, not even by an exported variable of the same name.
unset answer auth auths secret password

logins= # for the last message
note() { logins="$logins${logins:+, }$1"; }

# Questions go to the terminal itself: standard input and output may be pipes.
need_terminal() {
  (: </dev/tty) 2>/dev/null || fail 'no terminal to ask on; set REGISTRY_KEY_FILE'
}
ask() {
  need_terminal
  printf '%s: ' "$1" >/dev/tty
  IFS= read -r answer </dev/tty || fail 'no answer'
}

# The kubelet needs no more than "auth", which takes any password. JSON allows no line break in it.
add() { # key as JSON, user name, password
  auth=$(printf '%s:%s' "$2" "$3" | base64 | tr -d '\n')
  [ -n "$auth" ] || fail 'base64 failed' 1
  auths="$auths${auths:+,}$1:{\"auth\":\"$auth\"}"
}

# Google Container Registry at gcr.io
login() {
  user=_json_key_base64
  file=${REGISTRY_KEY_FILE-}
  [ -n "$file" ] || {
    ask 'Key file for Google Container Registry at gcr.io (the file with the service account'\''s JSON key)'
    file=$answer
  }
  case $file in \~/*) file=$HOME/${file#\~/} ;; esac # a typed ~ is not expanded yet
  [ -r "$file" ] || fail "cannot read the key file $file; set REGISTRY_KEY_FILE to its path"
  password=$(base64 <"$file" | tr -d '\n')
  [ -n "$password" ] || fail 'no password for Google Container Registry at gcr.io'
  add '"gcr.io"' "$user" "$password"
  note 'gcr.io as '"$user"
}

auths=
login

make_secret() { # namespace
  printf '{"auths":{%s}}' "$auths" |
    kubectl create secret docker-registry gcr-json-key --namespace "$1" \
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

  say 'Wrote the pull secret gcr-json-key in the namespace '"$namespace: $logins"
done
