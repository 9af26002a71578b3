#!/usr/bin/env bash
# Prints the pull secret ecr-credentials for the namespace conductor, encrypted, with the login to
#   Amazon ECR at 123456789012.dkr.ecr.us-east-1.amazonaws.com, which stops working after 12 hours
# What it prints can be kept in git:
#
#   bash sops-secret.sh > ecr-credentials.sops.yaml
#
# Who has the key can open it: Flux does by itself, Argo CD and Helm with a plugin. sops, 3.9 or newer,
# takes the key from .sops.yaml, or from SOPS_AGE_RECIPIENTS, SOPS_KMS_ARN and their like.
#
# Variables:
#   NAMESPACE  where to, if not conductor; several with blanks between
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
command -v aws >/dev/null 2>&1 || fail 'cannot find aws; install it, or add its folder to PATH' 1

# No program started here inherits a password, not even by an exported variable of the same name.
unset answer auth auths secret secrets password

logins= # for the last message
note() { logins="$logins${logins:+, }$1"; }

# The kubelet needs no more than "auth", which takes any password. JSON allows no line break in it.
add() { # key as JSON, user name, password
  auth=$(printf '%s:%s' "$2" "$3" | base64 | tr -d '\n')
  [ -n "$auth" ] || fail 'base64 failed' 1
  auths="$auths${auths:+,}$1:{\"auth\":\"$auth\"}"
}

# Amazon ECR at 123456789012.dkr.ecr.us-east-1.amazonaws.com
login() {
  user=AWS
  password=$(aws ecr get-login-password --region us-east-1) || fail 'failed, see above: aws ecr get-login-password --region us-east-1' 1
  [ -n "$password" ] || fail 'no password for Amazon ECR at 123456789012.dkr.ecr.us-east-1.amazonaws.com'
  add '"123456789012.dkr.ecr.us-east-1.amazonaws.com"' "$user" "$password"
  note '123456789012.dkr.ecr.us-east-1.amazonaws.com as '"$user"
}

auths=
login

make_secret() { # namespace
  printf '{"auths":{%s}}' "$auths" |
    kubectl create secret docker-registry ecr-credentials --namespace "$1" \
      --from-file=.dockerconfigjson=/dev/stdin --dry-run=client -o yaml
}

secrets=
for namespace in ${NAMESPACE:-conductor}; do
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
