#!/usr/bin/env bash
# Creates the pull secret acr-credentials in the namespace conductor, with the credentials for
#   Azure Container Registry at myacr.azurecr.io
# Safe to run again: it replaces the secret. Programs get the password on standard input only.
#
#   bash pull-secret.sh
#
# Variables:
#   NAMESPACE          conductor if not set; several with spaces between
#   REGISTRY_USERNAME  name of the token, or application id of the service principal; asked if not set
#   REGISTRY_PASSWORD  password of the token, or client secret of the service principal; asked if not set
#
# On AKS nodes can pull without a secret (recommended; pullSecret.method: none):
# attach the registry to the cluster, which gives its nodes the role AcrPull; see also conductor-registry presets acr
#   az aks update --name CLUSTER --resource-group GROUP --attach-acr myacr

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

# Azure Container Registry at myacr.azurecr.io
username=${REGISTRY_USERNAME-}
[ -n "$username" ] || ask username 'User name for Azure Container Registry at myacr.azurecr.io (name of the token, or application id of the service principal)'
password=${REGISTRY_PASSWORD-}
[ -n "$password" ] || ask password 'Password for Azure Container Registry at myacr.azurecr.io (password of the token, or client secret of the service principal)' -s
add '"myacr.azurecr.io"' "$username" "$password"

for namespace in ${NAMESPACE:-conductor}; do
  kubectl get namespace "$namespace" >/dev/null 2>&1 || kubectl create namespace "$namespace" >&2 ||
    echo "warning: cannot create namespace $namespace; trying to write the secret anyway" >&2
  secret=$(printf '{"auths":{%s}}' "$auths" |
    kubectl create secret docker-registry acr-credentials --namespace "$namespace" \
      --from-file=.dockerconfigjson=/dev/stdin --dry-run=client -o yaml) || fail 'kubectl could not make the secret' 1
  # --server-side, because the client's apply keeps a second copy of the credentials in an annotation.
  said=$(printf '%s\n' "$secret" |
    kubectl apply --server-side --force-conflicts --namespace "$namespace" -f - 2>&1) || {
    echo "$said" >&2
    [[ $said != *immutable* ]] ||
      fail 'delete the secret and run this again: kubectl delete secret acr-credentials -n '"$namespace" 1
    fail 'kubectl could not write the secret' 1
  }
  printf 'pull secret "%s" written to namespace "%s": %s\n' acr-credentials "$namespace" "${logins:-no credentials}" >&2
done
