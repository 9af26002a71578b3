#!/usr/bin/env bash
# Prints the pull secret acr-credentials for the namespace conductor, encrypted with kubeseal, with the credentials for
#   Azure Container Registry at myacr.azurecr.io
# Programs get the password on standard input only. What it prints can be kept in git:
#
#   bash sealed-secret.sh > acr-credentials.sealed.yaml
#
# Only the controller in the cluster can open it, under this name and in this namespace (strict scope).
# kubeseal asks the cluster for the controller's certificate; SEALED_SECRETS_CERT=cert.pem does without.
#
# Variables:
#   NAMESPACE      conductor if not set; several with spaces between
#   DOCKER_CONFIG  folder of docker's config.json, if not ~/.docker
#
# On AKS nodes can pull without a secret (recommended; pullSecret.method: none):
# attach the registry to the cluster, which gives its nodes the role AcrPull; see also conductor-registry presets acr
#   az aks update --name CLUSTER --resource-group GROUP --attach-acr myacr

set +x +a -euf -o pipefail # a trace would show the password, and -a would export it
export -n password auth auths entry secret secrets # no program inherits these
fail() { echo "${0##*/}: $1" >&2; exit "${2-2}"; }
command -v kubectl >/dev/null || fail 'cannot find kubectl; install it, or add its folder to PATH' 1
command -v kubeseal >/dev/null || fail 'cannot find kubeseal; install it, or add its folder to PATH' 1
config=${DOCKER_CONFIG:-$HOME/.docker}/config.json
[ -r "$config" ] || fail "cannot read $config; set DOCKER_CONFIG to the folder of docker's config.json"
# shellcheck disable=SC2016 # kubectl finds the entry; its errors are hidden, since they would show the file
add() { # key
  entry=$(printf '{"apiVersion":"docker/v1","kind":"Config","metadata":{"name":"x"},"config":%s}' \
    "$(<"$config")" | kubectl label --local --filename=- from=docker 2>/dev/null --output go-template='
{{- $helper := ""}}{{with .config.credsStore}}{{$helper = .}}{{end}}
{{- with .config.credHelpers}}{{with index . '"$1"'}}{{$helper = .}}{{end}}{{end}}
{{- if $helper}}helper={{$helper}}{{else}}{{with .config.auths}}{{with index . '"$1"'}}
{{- if .identitytoken}}token={{else if .auth}}auth={{.auth}}{{end}}{{end}}{{end}}{{end}}') ||
    fail "cannot read $config as docker's configuration" 1
  host=${1//\"/} instead='make a script without --from-docker-config'
  case $entry in
    helper=*) fail "docker keeps the credentials for $host in the helper ${entry#helper=}; $instead" ;;
    token=*) fail "docker has an identity token for $host, which a kubelet cannot use; $instead" ;;
    auth=*[!A-Za-z0-9+/=]* | auth=) fail "the credentials for $host in $config cannot be read" ;;
    auth=*) auths="${auths:+$auths,}$1:{\"auth\":\"${entry#auth=}\"}" ;;
    *) fail "docker has no credentials for $host in $config; run: docker login $host" ;;
  esac
  logins="${logins:+$logins, }$host from docker"
}
auths='' logins=''
add '"myacr.azurecr.io"'

for namespace in ${NAMESPACE:-conductor}; do
  secret=$(printf '{"auths":{%s}}' "$auths" |
    kubectl create secret docker-registry acr-credentials --namespace "$namespace" \
      --from-file=.dockerconfigjson=/dev/stdin --dry-run=client -o yaml) || fail 'kubectl could not make the secret' 1
  printf '%s\n' "$secret" | kubeseal --scope strict --namespace "$namespace" --format yaml ||
    fail 'kubeseal could not encrypt the secret' 1
  printf 'pull secret "%s" sealed for namespace "%s": %s\n' acr-credentials "$namespace" "${logins:-no credentials}" >&2
done
