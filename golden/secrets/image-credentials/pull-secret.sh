#!/usr/bin/env bash
# Prints imageCredentials for Helm, which creates the pull secret from it, with the credentials for
#   Azure Container Registry at myacr.azurecr.io
# It prints the password, so it writes into a pipe only:
#
#   bash pull-secret.sh | helm upgrade --install conductor ./orkes-helm-charts/charts/orkes-conductor --namespace conductor -f values.yaml -f -
#
# Variables:
#   REGISTRY_USERNAME  name of the token, or application id of the service principal; asked if not set
#   REGISTRY_PASSWORD  password of the token, or client secret of the service principal; asked if not set
#
# On AKS nodes can pull without a secret (recommended; pullSecret.method: none):
# attach the registry to the cluster, which gives its nodes the role AcrPull; see also conductor-registry presets acr
#   az aks update --name CLUSTER --resource-group GROUP --attach-acr myacr

set +x +a -euf -o pipefail # a trace would show the password, and -a would export it
export -n password text secret entries REGISTRY_PASSWORD # no program inherits these
fail() { echo "${0##*/}: $1" >&2; exit "${2-2}"; }
[ ! -t 1 ] || fail 'the password would show on the terminal; run: bash pull-secret.sh | helm upgrade --install conductor ./orkes-helm-charts/charts/orkes-conductor --namespace conductor -f values.yaml -f -'
# Helm would go on without the credentials. It stops at a line that is not a mapping.
finished='' && trap 'trap "" INT; [ -n "$finished" ] || echo failed' EXIT # even after a second ctrl+c
ask() { # variable, question, -s to hide the answer
  (: </dev/tty) 2>/dev/null || fail 'no terminal to ask on; set REGISTRY_USERNAME, REGISTRY_PASSWORD'
  IFS= read -r ${3+"$3"} -p "$2: " "${1?}" </dev/tty 2>/dev/tty || fail 'no answer'
  [ $# = 2 ] || echo >/dev/tty
}
trap 'trap "" INT; stty echo </dev/tty; exit 130' INT # bash 3.2 leaves the echo off after ctrl+c
add() { # key, user name, password
  [[ -n $2 && -n $3 ]] || fail "no user name or no password for $1"
  [[ $2 != *:* ]] || fail 'a user name cannot contain a colon; give the part before it, and the password by itself'
  case $2$3 in # the chart puts both into JSON as they are
    *[\"\\[:cntrl:]]* | *$'\302\205'* | *$'\342\200\250'* | *$'\342\200\251'*)
      fail 'imageCredentials cannot hold a quote, a backslash, a tab or a line break; use
  customImagePullSecrets, or a secret made with kubectl' ;;
  esac
  printf 'imageCredentials:\n  registry: %s\n  username: "%s"\n  password: "%s"\n  email: ""\n' "$1" "$2" "$3"
  logins="${1//\"/} as $2"
}

# Azure Container Registry at myacr.azurecr.io
username=${REGISTRY_USERNAME-}
[ -n "$username" ] || ask username 'User name for Azure Container Registry at myacr.azurecr.io (name of the token, or application id of the service principal)'
password=${REGISTRY_PASSWORD-}
[ -n "$password" ] || ask password 'Password for Azure Container Registry at myacr.azurecr.io (password of the token, or client secret of the service principal)' -s
add '"myacr.azurecr.io"' "$username" "$password"

finished=yes
echo "credentials passed to Helm: ${logins:-none}" >&2
