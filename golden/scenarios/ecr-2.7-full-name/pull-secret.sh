#!/usr/bin/env bash
# Prints imageCredentials for Helm, which creates the pull secret from it, with the credentials for
#   Amazon ECR at 123456789012.dkr.ecr.us-east-1.amazonaws.com, valid for 12 hours
# It prints the password, so it writes into a pipe only:
#
#   bash pull-secret.sh | helm upgrade --install conductor orkes-conductor --repo https://orkes-io.github.io/orkes-helm-charts --version 2.7.49 --namespace conductor -f values.yaml -f -
#
# On EKS nodes can pull without a secret, which is better (pullSecret.method: none):
# give the nodes' role the policy AmazonEC2ContainerRegistryPullOnly; see also conductor-registry presets ecr
#   aws iam attach-role-policy --role-name NODEROLE --policy-arn arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly

set +x +a -euf -o pipefail # a trace would show the password, and -a would export it
export -n password text secret entries # no program inherits these
fail() { echo "${0##*/}: $1" >&2; exit "${2-2}"; }
[ ! -t 1 ] || fail 'the password would show on the terminal; run: bash pull-secret.sh | helm upgrade --install conductor orkes-conductor --repo https://orkes-io.github.io/orkes-helm-charts --version 2.7.49 --namespace conductor -f values.yaml -f -'
# Helm would go on without the credentials. It stops at a line that is not a mapping.
finished='' && trap '[ -n "$finished" ] || echo failed' EXIT
command -v aws >/dev/null || fail 'cannot find aws; install it, or add its folder to PATH' 1
add() { # key, user name, password
  [ -n "$2" ] && [ -n "$3" ] || fail "no user name or no password for $1"
  [[ $2 != *:* ]] || fail 'a user name cannot contain a colon; give the part before it, and the password by itself'
  case $2$3 in # the chart puts both into JSON as they are
    *[\"\\[:cntrl:]]* | *$'\302\205'* | *$'\342\200\250'* | *$'\342\200\251'*)
      fail 'imageCredentials cannot hold a quote, a backslash, a tab or a line break; use customImagePullSecrets, or a secret made with kubectl' ;;
  esac
  printf 'imageCredentials:\n  registry: %s\n  username: "%s"\n  password: "%s"\n  email: ""\n' "$1" "$2" "$3"
  logins="${1//\"/} as $2"
}

# Amazon ECR at 123456789012.dkr.ecr.us-east-1.amazonaws.com
username=AWS
password=$(aws ecr get-login-password --region us-east-1) || fail 'failed, see above: aws ecr get-login-password --region us-east-1' 1
add '"123456789012.dkr.ecr.us-east-1.amazonaws.com"' "$username" "$password"

finished=yes
echo "Gave Helm the credentials: $logins" >&2
echo 'The credentials for 123456789012.dkr.ecr.us-east-1.amazonaws.com expire after 12 hours: run this again before then, or let the nodes pull without a pull secret.' >&2
