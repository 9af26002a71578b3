#!/usr/bin/env bash
# Creates the pull secret acr-credentials in the namespace conductor, with the credentials for
#   Azure Container Registry at myacr.azurecr.io
# Safe to run again: it replaces the secret. The password is never an argument, in a file or in an environment.
#
#   bash pull-secret.sh
#
# Variables:
#   NAMESPACE      conductor if not set; several with spaces between
#   DOCKER_CONFIG  folder of docker's config.json, if not ~/.docker
#
# On AKS nodes can pull without a secret, which is better (pullSecret.method: none):
# attach the registry to the cluster, which gives its nodes the role AcrPull; see also conductor-registry presets acr
#   az aks update --name CLUSTER --resource-group GROUP --attach-acr myacr

set +x +a -euf -o pipefail # a trace would show the password, and -a would export it
export -n password auth auths secret secrets # no program inherits these
fail() { echo "${0##*/}: $1" >&2; exit "${2-2}"; }
command -v kubectl >/dev/null || fail 'cannot find kubectl; install it, or add its folder to PATH' 1
config=${DOCKER_CONFIG:-$HOME/.docker}/config.json
[ -r "$config" ] || fail "cannot read $config; set DOCKER_CONFIG to the folder of docker's config.json"
# kubectl finds the entry, so that no other program is needed. Its errors are hidden: they would show the file.
add() { # key
  entry=$(printf '{"apiVersion":"docker/v1","kind":"Config","metadata":{"name":"x"},"config":%s}' "$(<"$config")" |
    kubectl label --local --filename=- from=docker 2>/dev/null --output go-template='
{{- $helper := ""}}{{with .config.credsStore}}{{$helper = .}}{{end}}
{{- with .config.credHelpers}}{{with index . '"$1"'}}{{$helper = .}}{{end}}{{end}}
{{- if $helper}}helper={{$helper}}{{else}}{{with .config.auths}}{{with index . '"$1"'}}
{{- if .identitytoken}}token={{else if .auth}}auth={{.auth}}{{end}}{{end}}{{end}}{{end}}') || fail "cannot read $config as docker's configuration" 1
  case $entry in
    helper=*) fail "docker keeps the credentials for $1 in the helper ${entry#helper=}, not in $config; make a script without --from-docker-config" ;;
    token=*) fail "docker has an identity token for $1, which a kubelet cannot use; make a script without --from-docker-config" ;;
    auth=*[!A-Za-z0-9+/=]* | auth=) fail "the credentials for $1 in $config cannot be read" ;;
    auth=*) auths="${auths:+$auths,}$1:{\"auth\":\"${entry#auth=}\"}" ;;
    *) fail "docker has no credentials for $1 in $config; run: docker login ${1//\"/}" ;;
  esac
  logins="${logins:+$logins, }${1//\"/} from docker"
}
auths='' logins=''

# Azure Container Registry at myacr.azurecr.io
add '"myacr.azurecr.io"'

for namespace in ${NAMESPACE:-conductor}; do
  kubectl get namespace "$namespace" >/dev/null 2>&1 || kubectl create namespace "$namespace" >&2 ||
    echo "warning: cannot create the namespace $namespace; going on, since the secret may be allowed" >&2

  # --server-side, because the client's apply keeps a second copy of the credentials in an annotation.
  if ! said=$(printf '{"auths":{%s}}' "$auths" | kubectl create secret docker-registry acr-credentials --namespace "$namespace" \
    --from-file=.dockerconfigjson=/dev/stdin --dry-run=client -o yaml |
    kubectl apply --server-side --force-conflicts --namespace "$namespace" -f - 2>&1); then
    echo "$said" >&2
    [[ $said != *immutable* ]] ||
      fail 'the secret cannot be changed; delete it and run this again: kubectl delete secret acr-credentials -n '"$namespace" 1
    fail 'kubectl could not write the secret' 1
  fi
  echo 'Wrote the pull secret acr-credentials in the namespace '"$namespace: $logins" >&2
done
