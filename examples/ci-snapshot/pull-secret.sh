#!/usr/bin/env bash
# Creates the pull secret ghcr-credentials in the namespace conductor, with the credentials for
#   GitHub Container Registry at ghcr.io
# Safe to run again: it replaces the secret. Programs get the password on standard input only.
#
#   bash pull-secret.sh
#
# Variables:
#   NAMESPACE          conductor if not set; several with spaces between
#   REGISTRY_USERNAME  GitHub user that the token belongs to; asked if not set
#   REGISTRY_PASSWORD  personal access token (classic) with read:packages; asked if not set

set +x +a -euf -o pipefail # a trace would show the password, and -a would export it
export -n password auth auths entry secret secrets REGISTRY_PASSWORD # no program inherits these
fail() { echo "${0##*/}: $1" >&2; exit "${2-2}"; }
command -v kubectl >/dev/null || fail 'cannot find kubectl; install it, or add its folder to PATH' 1
ask() { # variable, question, -s to hide the answer
  (: </dev/tty) 2>/dev/null || fail 'no terminal to ask on; set REGISTRY_USERNAME, REGISTRY_PASSWORD'
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

# GitHub Container Registry at ghcr.io
username=${REGISTRY_USERNAME-}
[ -n "$username" ] || ask username 'User name for GitHub Container Registry at ghcr.io (GitHub user that the token belongs to)'
password=${REGISTRY_PASSWORD-}
[ -n "$password" ] || ask password 'Password for GitHub Container Registry at ghcr.io (personal access token (classic) with read:packages)' -s
add '"ghcr.io"' "$username" "$password"

for namespace in ${NAMESPACE:-conductor}; do
  kubectl get namespace "$namespace" >/dev/null 2>&1 || kubectl create namespace "$namespace" >&2 ||
    echo "warning: cannot create namespace $namespace; trying to write the secret anyway" >&2
  secret=$(printf '{"auths":{%s}}' "$auths" |
    kubectl create secret docker-registry ghcr-credentials --namespace "$namespace" \
      --from-file=.dockerconfigjson=/dev/stdin --dry-run=client -o yaml) || fail 'kubectl could not make the secret' 1
  # --server-side, because the client's apply keeps a second copy of the credentials in an annotation.
  said=$(printf '%s\n' "$secret" |
    kubectl apply --server-side --force-conflicts --namespace "$namespace" -f - 2>&1) || {
    echo "$said" >&2
    [[ $said != *immutable* ]] ||
      fail 'delete the secret and run this again: kubectl delete secret ghcr-credentials -n '"$namespace" 1
    fail 'kubectl could not write the secret' 1
  }
  printf 'pull secret "%s" written to namespace "%s": %s\n' ghcr-credentials "$namespace" "${logins:-no credentials}" >&2
done
