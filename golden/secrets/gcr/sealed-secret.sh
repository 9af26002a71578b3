#!/usr/bin/env bash
# Prints the pull secret gcr-json-key for the namespace conductor, encrypted, with the login to
#   Google Container Registry at gcr.io
# What it prints can be kept in git:
#
#   bash sealed-secret.sh > gcr-json-key.sealed.yaml
#
# Only the controller in the cluster can open it, under this name and in this namespace (strict scope).
# kubeseal asks the cluster for the controller's certificate; SEALED_SECRETS_CERT=cert.pem does without.
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
fail() { say 'sealed-secret.sh: '"$1"; exit "${2-2}"; }

command -v kubectl >/dev/null 2>&1 || fail 'cannot find kubectl; install it, or add its folder to PATH' 1
command -v kubeseal >/dev/null 2>&1 || fail 'cannot find kubeseal; install it, or add its folder to PATH' 1

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

# One after the other: a strict seal is good for one name in one namespace.
for namespace in ${NAMESPACE:-conductor}; do
  secret=$(make_secret "$namespace") || fail 'kubectl could not make the secret' 1
  printf '%s\n' "$secret" | kubeseal --scope strict --namespace "$namespace" --format yaml ||
    fail 'kubeseal could not encrypt the secret' 1
  say 'Sealed the secret gcr-json-key for the namespace '"$namespace: $logins"
done
