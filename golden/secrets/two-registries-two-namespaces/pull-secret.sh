#!/usr/bin/env bash
# shellcheck disable=SC1003,SC2016 # text in single quotes is meant as it is
# Makes the pull secret ecr-credentials in the namespaces conductor, staging, with the login to
#   Amazon ECR at 123456789012.dkr.ecr.us-east-1.amazonaws.com, which stops working after 12 hours
#   Harbor at harbor.example.com
# Safe to run again: the secret is then replaced.
#
#   bash pull-secret.sh
#
# Variables:
#   NAMESPACE                  where to, if not conductor staging; several with blanks between
#   WORKERS_REGISTRY_USERNAME  harbor.example.com; the robot account, robot$PROJECT+NAME; asked if not set
#   WORKERS_REGISTRY_PASSWORD  harbor.example.com; the robot's secret; with single sign-on your CLI secret; asked if not set
#
# Other programs get the password on their standard input only, never as an argument or in a file.
#
# On EKS nodes can pull without a secret, which is better (pullSecret.method: none):
# give the nodes' role the policy AmazonEC2ContainerRegistryPullOnly; see also conductor-registry presets ecr
#   aws iam attach-role-policy --role-name NODEROLE --policy-arn arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly

set +x +a -euf # a trace would show the password, an export would hand it to every program

say() { printf '%s\n' "$*" >&2; }
fail() { say 'pull-secret.sh: '"$1"; exit "${2-2}"; }

leave() {
  status=$?
  trap '' HUP INT TERM # a second ctrl+c must not cut this short
  [ -z "$terminal" ] || stty "$terminal" </dev/tty
  exit "$status"
}
terminal=
trap leave EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

command -v kubectl >/dev/null 2>&1 || fail 'cannot find kubectl; install it, or add its folder to PATH' 1
command -v aws >/dev/null 2>&1 || fail 'cannot find aws; install it, or add its folder to PATH' 1

# No program started here inherits a password, not even by an exported variable of the same name.
unset answer auth auths secret server_password workers_password
workers_password=${WORKERS_REGISTRY_PASSWORD-}
unset WORKERS_REGISTRY_PASSWORD

logins= # for the last message
note() { logins="$logins${logins:+, }$1"; }

# All after the first colon would be read as the password. The name is not shown: it may hold one.
check_user() {
  case $1 in
    '') fail 'no user name given' ;;
    *:*) fail 'a user name cannot hold a colon; give the part before it, and the password by itself' ;;
  esac
}

# Questions go to the terminal itself: standard input and output may be pipes.
need_terminal() {
  (: </dev/tty) 2>/dev/null || fail 'no terminal to ask on; set WORKERS_REGISTRY_USERNAME, WORKERS_REGISTRY_PASSWORD'
}
ask() {
  need_terminal
  printf '%s: ' "$1" >/dev/tty
  IFS= read -r answer </dev/tty || fail 'no answer'
}
ask_hidden() {
  need_terminal
  terminal=$(stty -g </dev/tty)
  stty -echo </dev/tty
  ask "$1"
  stty "$terminal" </dev/tty
  terminal=
  printf '\n' >/dev/tty
}

# The kubelet needs no more than "auth", which takes any password. JSON allows no line break in it.
add() { # key as JSON, user name, password
  auth=$(printf '%s:%s' "$2" "$3" | base64 | tr -d '\n')
  [ -n "$auth" ] || fail 'base64 failed' 1
  auths="$auths${auths:+,}$1:{\"auth\":\"$auth\"}"
}

# Amazon ECR at 123456789012.dkr.ecr.us-east-1.amazonaws.com
server_login() {
  user=AWS
  server_password=$(aws ecr get-login-password --region us-east-1) || fail 'failed, see above: aws ecr get-login-password --region us-east-1' 1
  [ -n "$server_password" ] || fail 'no password for Amazon ECR at 123456789012.dkr.ecr.us-east-1.amazonaws.com'
  add '"123456789012.dkr.ecr.us-east-1.amazonaws.com"' "$user" "$server_password"
  note '123456789012.dkr.ecr.us-east-1.amazonaws.com as '"$user"
}

# Harbor at harbor.example.com
workers_login() {
  user=${WORKERS_REGISTRY_USERNAME-}
  [ -n "$user" ] || {
    ask 'User name for Harbor at harbor.example.com (the robot account, robot$PROJECT+NAME)'
    user=$answer
  }
  check_user "$user"
  [ -n "$workers_password" ] || {
    ask_hidden 'Password for Harbor at harbor.example.com (the robot'\''s secret; with single sign-on your CLI secret)'
    workers_password=$answer
  }
  [ -n "$workers_password" ] || fail 'no password for Harbor at harbor.example.com'
  add '"harbor.example.com"' "$user" "$workers_password"
  note 'harbor.example.com as '"$user"
}

auths=
server_login
workers_login

make_secret() { # namespace
  printf '{"auths":{%s}}' "$auths" |
    kubectl create secret docker-registry ecr-credentials --namespace "$1" \
      --from-file=.dockerconfigjson=/dev/stdin --dry-run=client -o yaml
}

for namespace in ${NAMESPACE:-conductor staging}; do
  # In two steps, so that a failure of either is seen.
  secret=$(make_secret "$namespace") || fail 'kubectl could not make the secret' 1

  # Who may not see or make namespaces may still be allowed to write the secret: kubectl apply will tell.
  kubectl get namespace "$namespace" >/dev/null 2>&1 || kubectl create namespace "$namespace" >&2 ||
    say "warning: could not make sure that there is a namespace $namespace; going on"

  # --server-side, because the client's apply keeps a second copy of the login in an annotation.
  printf '%s\n' "$secret" | kubectl apply --server-side --force-conflicts --namespace "$namespace" -f - >&2 ||
    fail 'kubectl could not write the secret' 1

  say 'Wrote the pull secret ecr-credentials in the namespace '"$namespace: $logins"
done
say 'The login to 123456789012.dkr.ecr.us-east-1.amazonaws.com stops working after 12 hours: run this again before then, or let the nodes pull without a secret.'
