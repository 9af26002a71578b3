#!/usr/bin/env bash
# Creates the pull secret my-registry-secret in the namespace conductor, with the credentials for
#   Google Container Registry at gcr.io
#   Quay at quay.io
# Safe to run again: it replaces the secret. Programs get the password on standard input only.
#
#   bash pull-secret.sh
#
# Variables:
#   NAMESPACE                  conductor if not set; several with spaces between
#   SERVER_REGISTRY_KEY_FILE   gcr.io; file with the JSON key of the service account; asked if not set
#   WORKERS_REGISTRY_USERNAME  quay.io; robot account, NAMESPACE+ROBOT; asked if not set
#   WORKERS_REGISTRY_PASSWORD  quay.io; token of the robot account; asked if not set
#
# On GKE nodes can pull without a secret (recommended; pullSecret.method: none):
# give the nodes' service account the role Artifact Registry Reader; see also conductor-registry presets gcr
#   gcloud container clusters describe CLUSTER --location=CLUSTERLOCATION --format='value(nodeConfig.serviceAccount)'
#   gcloud projects add-iam-policy-binding my-project --member=serviceAccount:NODESA --role=roles/artifactregistry.reader

set +x +a -euf -o pipefail # a trace would show the password, and -a would export it
export -n password auth auths entry secret secrets WORKERS_REGISTRY_PASSWORD # no program inherits these
fail() { echo "${0##*/}: $1" >&2; exit "${2-2}"; }
command -v kubectl >/dev/null || fail 'cannot find kubectl; install it, or add its folder to PATH' 1
ask() { # variable, question, -s to hide the answer
  (: </dev/tty) 2>/dev/null || fail 'no terminal to ask on; set SERVER_REGISTRY_KEY_FILE, WORKERS_REGISTRY_USERNAME, WORKERS_REGISTRY_PASSWORD'
  IFS= read -r ${3+"$3"} -p "$2: " "${1?}" </dev/tty 2>/dev/tty || fail 'no answer'
  [ $# = 2 ] || echo >/dev/tty
}
trap 'trap "" INT; stty echo </dev/tty; exit 130' INT # bash 3.2 leaves the echo off after ctrl+c
add() { # key, user name, password
  [[ -n $2 && -n $3 ]] || fail "no user name or no password for $1"
  [[ $2 != *:* ]] || fail 'a user name cannot contain a colon; give the part before it, and the password by itself'
  auth=$(printf '%s:%s' "$2" "$3" | base64 | tr -d '\n') || fail 'base64 failed' 1
  auths="${auths:+$auths,}$1:{\"auth\":\"$auth\"}" # all that the kubelet needs
  logins="${logins:+$logins, }${1//\"/} as $2"
}
auths='' logins=''

# Google Container Registry at gcr.io
username=_json_key_base64
key_file=${SERVER_REGISTRY_KEY_FILE-}
[ -n "$key_file" ] || ask key_file 'Key file for Google Container Registry at gcr.io (file with the JSON key of the service account)'
case $key_file in \~/*) key_file=$HOME/${key_file#\~/} ;; esac # a typed ~ is not expanded yet
[ -r "$key_file" ] || fail "cannot read the key file $key_file; set SERVER_REGISTRY_KEY_FILE to its path"
password=$(cat <"$key_file")
[[ $password = *'"private_key"'* ]] || fail "$key_file is not the key of a service account: it has no private_key"
password=$(base64 <"$key_file" | tr -d '\n')
add '"gcr.io"' "$username" "$password"

# Quay at quay.io
username=${WORKERS_REGISTRY_USERNAME-}
[ -n "$username" ] || ask username 'User name for Quay at quay.io (robot account, NAMESPACE+ROBOT)'
password=${WORKERS_REGISTRY_PASSWORD-}
[ -n "$password" ] || ask password 'Password for Quay at quay.io (token of the robot account)' -s
add '"quay.io"' "$username" "$password"

for namespace in ${NAMESPACE:-conductor}; do
  kubectl get namespace "$namespace" >/dev/null 2>&1 || kubectl create namespace "$namespace" >&2 ||
    echo "warning: cannot create namespace $namespace; trying to write the secret anyway" >&2
  secret=$(printf '{"auths":{%s}}' "$auths" |
    kubectl create secret docker-registry my-registry-secret --namespace "$namespace" \
      --from-file=.dockerconfigjson=/dev/stdin --dry-run=client -o yaml) || fail 'kubectl could not make the secret' 1
  # --server-side, because the client's apply keeps a second copy of the credentials in an annotation.
  said=$(printf '%s\n' "$secret" |
    kubectl apply --server-side --force-conflicts --namespace "$namespace" -f - 2>&1) || {
    echo "$said" >&2
    [[ $said != *immutable* ]] ||
      fail 'delete the secret and run this again: kubectl delete secret my-registry-secret -n '"$namespace" 1
    fail 'kubectl could not write the secret' 1
  }
  printf 'pull secret "%s" written to namespace "%s": %s\n' my-registry-secret "$namespace" "${logins:-no credentials}" >&2
done
