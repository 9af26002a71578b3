#!/usr/bin/env bash
# Prints the pull secret ecr-credentials for the namespace conductor, encrypted, with the login to
#   Amazon ECR at 123456789012.dkr.ecr.us-east-1.amazonaws.com, which stops working after 12 hours
# What it prints can be kept in git:
#
#   bash sealed-secret.sh > ecr-credentials.sealed.yaml
#
# Only the controller in the cluster can open it, under this name and in this namespace (strict scope).
# kubeseal asks the cluster for the controller's certificate; SEALED_SECRETS_CERT=cert.pem does without.
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
fail() { say 'sealed-secret.sh: '"$1"; exit "${2-2}"; }

command -v kubectl >/dev/null 2>&1 || fail 'cannot find kubectl; install it, or add its folder to PATH' 1
command -v kubeseal >/dev/null 2>&1 || fail 'cannot find kubeseal; install it, or add its folder to PATH' 1
command -v aws >/dev/null 2>&1 || fail 'cannot find aws; install it, or add its folder to PATH' 1

# No program started here inherits a password, not even by an exported variable of the same name.
unset answer auth auths secret password

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

# One after the other: a strict seal is good for one name in one namespace.
for namespace in ${NAMESPACE:-conductor}; do
  secret=$(make_secret "$namespace") || fail 'kubectl could not make the secret' 1
  printf '%s\n' "$secret" | kubeseal --scope strict --namespace "$namespace" --format yaml ||
    fail 'kubeseal could not encrypt the secret' 1
  say 'Sealed the secret ecr-credentials for the namespace '"$namespace: $logins"
done
say 'The login to 123456789012.dkr.ecr.us-east-1.amazonaws.com stops working after 12 hours: run this again before then, or let the nodes pull without a secret.'
