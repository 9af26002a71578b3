#!/usr/bin/env bash
# shellcheck disable=SC1003,SC2016 # text in single quotes is meant as it is
# Prints the pull secret ecr-credentials for the namespaces conductor, staging, encrypted, with the login to
#   Amazon ECR at 123456789012.dkr.ecr.us-east-1.amazonaws.com, which stops working after 12 hours
#   Harbor at harbor.example.com
# What it prints can be kept in git:
#
#   bash sops-secret.sh > ecr-credentials.sops.yaml
#
# Who has the key can open it: Flux does by itself, Argo CD and Helm with a plugin. sops, 3.9 or newer,
# takes the key from .sops.yaml, or from SOPS_AGE_RECIPIENTS, SOPS_KMS_ARN and their like.
#
# Variables:
#   NAMESPACE      where to, if not conductor staging; several with blanks between
#   DOCKER_CONFIG  folder of docker's config.json, if not ~/.docker
#
# Other programs get the password on their standard input only, never as an argument or in a file.
#
# On EKS nodes can pull without a secret, which is better (pullSecret.method: none):
# give the nodes' role the policy AmazonEC2ContainerRegistryPullOnly; see also conductor-registry presets ecr
#   aws iam attach-role-policy --role-name NODEROLE --policy-arn arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly

set +x +a -euf # a trace would show the password, an export would hand it to every program

say() { printf '%s\n' "$*" >&2; }
fail() { say 'sops-secret.sh: '"$1"; exit "${2-2}"; }

command -v kubectl >/dev/null 2>&1 || fail 'cannot find kubectl; install it, or add its folder to PATH' 1
command -v sops >/dev/null 2>&1 || fail 'cannot find sops; install it, or add its folder to PATH' 1

# No program started here inherits a password, not even by an exported variable of the same name.
unset answer auth auths secret secrets server_password workers_password

logins= # for the last message
note() { logins="$logins${logins:+, }$1"; }

docker_config=${DOCKER_CONFIG:-$HOME/.docker}/config.json
[ -r "$docker_config" ] || fail "cannot read $docker_config; set DOCKER_CONFIG to the folder of docker's config.json"

# kubectl finds the entry, so that no other program is needed. It gets the file on its standard input, and only the one
# entry goes on. What it says of a file that it cannot read would show the file.
docker_entry() { # key as JSON
  printf '{"apiVersion":"docker/v1","kind":"Config","metadata":{"name":"config"},"config":%s}' "$(cat <"$docker_config")" |
    kubectl label --local --filename=- from=docker 2>/dev/null --output go-template='
{{- $helper := ""}}{{with .config.credsStore}}{{$helper = .}}{{end}}
{{- with .config.credHelpers}}{{with index . '"$1"'}}{{$helper = .}}{{end}}{{end}}
{{- if $helper}}helper={{$helper}}{{else}}{{with .config.auths}}{{with index . '"$1"'}}
{{- if .identitytoken}}token={{else if .auth}}auth={{.auth}}{{end}}{{end}}{{end}}{{end}}'
}

add() { # key as JSON, what docker_entry printed, key
  case $2 in
    helper=*) fail "docker keeps the login to $3 in the helper ${2#helper=} (credsStore or credHelpers in $docker_config), not in the file; make a script without --from-docker-config, and give it the login" ;;
    token=*) fail "docker's login to $3 is an identity token, which the kubelet cannot use and which soon ends; make a script without --from-docker-config, and give it a login that lasts" ;;
    auth=*[!A-Za-z0-9+/=]* | auth=) fail "the login to $3 in $docker_config cannot be read" ;;
    auth=*) auths="$auths${auths:+,}$1:{\"auth\":\"${2#auth=}\"}" ;;
    *) fail "docker has no login to $3 in $docker_config; run: docker login $3" ;;
  esac
}

# Amazon ECR at 123456789012.dkr.ecr.us-east-1.amazonaws.com
server_login() {
  server_password=$(docker_entry '"123456789012.dkr.ecr.us-east-1.amazonaws.com"') || fail "cannot read $docker_config as docker's configuration" 1
  add '"123456789012.dkr.ecr.us-east-1.amazonaws.com"' "$server_password" 123456789012.dkr.ecr.us-east-1.amazonaws.com
  note '123456789012.dkr.ecr.us-east-1.amazonaws.com from docker'
}

# Harbor at harbor.example.com
workers_login() {
  workers_password=$(docker_entry '"harbor.example.com"') || fail "cannot read $docker_config as docker's configuration" 1
  add '"harbor.example.com"' "$workers_password" harbor.example.com
  note 'harbor.example.com from docker'
}

auths=
server_login
workers_login

make_secret() { # namespace
  printf '{"auths":{%s}}' "$auths" |
    kubectl create secret docker-registry ecr-credentials --namespace "$1" \
      --from-file=.dockerconfigjson=/dev/stdin --dry-run=client -o yaml
}

secrets=
for namespace in ${NAMESPACE:-conductor staging}; do
  secret=$(make_secret "$namespace") || fail 'kubectl could not make the secret' 1
  secrets="$secrets${secrets:+
---
}$secret"
done

# Encrypted in one go, into one file: only then does its checksum hold. Names and the kind stay readable.
printf '%s\n' "$secrets" |
  sops encrypt --encrypted-regex '^(data|stringData)$' --filename-override ecr-credentials.sops.yaml /dev/stdin ||
  fail 'sops could not encrypt the secret' 1
say 'Encrypted the secret ecr-credentials: '"$logins"
say 'The login to 123456789012.dkr.ecr.us-east-1.amazonaws.com stops working after 12 hours: run this again before then, or let the nodes pull without a secret.'
