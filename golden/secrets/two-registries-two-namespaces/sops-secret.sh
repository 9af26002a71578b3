#!/usr/bin/env bash
# Prints the pull secret registry-credentials for the namespaces conductor, staging, encrypted with SOPS, with the credentials for
#   Amazon ECR at 123456789012.dkr.ecr.us-east-1.amazonaws.com, valid for 12 hours
#   Harbor at harbor.example.com
# Programs get the password on standard input only. What it prints can be kept in git:
#
#   bash sops-secret.sh > registry-credentials.sops.yaml
#
# Whoever has the key can open it: Flux does by itself, Argo CD and Helm with a plugin. sops 3.9 or newer takes the key
# from .sops.yaml, or from SOPS_AGE_RECIPIENTS, SOPS_KMS_ARN and the like.
#
# Variables:
#   NAMESPACE                  conductor staging if not set; several with spaces between
#   WORKERS_REGISTRY_USERNAME  harbor.example.com; robot account, robot$PROJECT+NAME; asked if not set
#   WORKERS_REGISTRY_PASSWORD  harbor.example.com; secret of the robot account; with single sign-on your CLI secret; asked if not set
#
# On EKS nodes can pull without a secret (recommended; pullSecret.method: none):
# give the nodes' role the policy AmazonEC2ContainerRegistryPullOnly; see also conductor-registry presets ecr
#   aws iam attach-role-policy --role-name NODEROLE --policy-arn arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly

# shellcheck disable=SC2016 # text in single quotes is meant as it is
set +x +a -euf -o pipefail # a trace would show the password, and -a would export it
export -n password auth auths entry secret secrets WORKERS_REGISTRY_PASSWORD # no program inherits these
fail() { echo "${0##*/}: $1" >&2; exit "${2-2}"; }
command -v kubectl >/dev/null || fail 'cannot find kubectl; install it, or add its folder to PATH' 1
command -v sops >/dev/null || fail 'cannot find sops; install it, or add its folder to PATH' 1
command -v aws >/dev/null || fail 'cannot find aws; install it, or add its folder to PATH' 1
ask() { # variable, question, -s to hide the answer
  (: </dev/tty) 2>/dev/null || fail 'no terminal to ask on; set WORKERS_REGISTRY_USERNAME, WORKERS_REGISTRY_PASSWORD'
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

# Amazon ECR at 123456789012.dkr.ecr.us-east-1.amazonaws.com
username=AWS
password=$(aws ecr get-login-password --region us-east-1) || fail 'failed, see above: aws ecr get-login-password --region us-east-1' 1
add '"123456789012.dkr.ecr.us-east-1.amazonaws.com"' "$username" "$password"

# Harbor at harbor.example.com
username=${WORKERS_REGISTRY_USERNAME-}
[ -n "$username" ] || ask username 'User name for Harbor at harbor.example.com (robot account, robot$PROJECT+NAME)'
password=${WORKERS_REGISTRY_PASSWORD-}
[ -n "$password" ] || ask password 'Password for Harbor at harbor.example.com (secret of the robot account; with single sign-on your CLI secret)' -s
add '"harbor.example.com"' "$username" "$password"

secrets=''
for namespace in ${NAMESPACE:-conductor staging}; do
  secret=$(printf '{"auths":{%s}}' "$auths" |
    kubectl create secret docker-registry registry-credentials --namespace "$namespace" \
      --from-file=.dockerconfigjson=/dev/stdin --dry-run=client -o yaml) || fail 'kubectl could not make the secret' 1
  secrets="${secrets:+$secrets
---
}$secret"
done
# Encrypted at once, as one file: only then is its checksum right. Names and the kind stay readable.
printf '%s\n' "$secrets" |
  sops encrypt --encrypted-regex '^(data|stringData)$' \
    --filename-override registry-credentials.sops.yaml /dev/stdin || fail 'sops could not encrypt the secret' 1
printf 'pull secret "%s" encrypted: %s\n' registry-credentials "${logins:-no credentials}" >&2
echo 'the credentials for 123456789012.dkr.ecr.us-east-1.amazonaws.com expire after 12 hours; run this again before then' >&2
