#!/usr/bin/env bash
# Prints imageCredentials for Helm, which makes the pull secret from it, with the login to
#   Amazon ECR at 123456789012.dkr.ecr.us-east-1.amazonaws.com, which stops working after 12 hours
# It prints the password too, so it writes into a pipe only:
#
#   bash pull-secret.sh | helm upgrade --install conductor orkes-conductor --repo https://orkes-io.github.io/orkes-helm-charts --version 2.7.49 --namespace conductor -f values.yaml -f -
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
  # Helm would go on without the logins; this line is no map of values, so it stops.
  [ "$status" = 0 ] || [ -t 1 ] || printf '%s\n' 'pull-secret.sh failed'
  exit "$status"
}
trap leave EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

command -v aws >/dev/null 2>&1 || fail 'cannot find aws; install it, or add its folder to PATH' 1

# No program started here inherits a password, not even by an exported variable of the same name.
unset answer quoted_password entries password

logins= # for the last message
note() { logins="$logins${logins:+, }$1"; }

[ ! -t 1 ] || fail 'the password would show on the terminal; run: bash pull-secret.sh | helm upgrade --install conductor orkes-conductor --repo https://orkes-io.github.io/orkes-helm-charts --version 2.7.49 --namespace conductor -f values.yaml -f -'

# As a double-quoted YAML string on one line: all that YAML takes for a line break is escaped.
yaml() {
  [ -z "$(printf '%s' "$1" | LC_ALL=C tr -cd '\001-\010\013\014\016-\037\177')" ] ||
    fail 'a user name or password with a control character cannot be given to Helm; use a secret made with kubectl'
  printf '%s\n' "$1" | LC_ALL=C sed -e ':join' -e '$!{' -e N -e 'b join' -e '}' -e 's/[\\"]/\\&/g' -e 's/\n/\\n/g' \
    -e "s/$(printf '\r')/\\\\r/g" -e "s/$(printf '\302\205')/\\\\N/g" \
    -e "s/$(printf '\342\200\250')/\\\\L/g" -e "s/$(printf '\342\200\251')/\\\\P/g" -e 's/.*/"&"/'
}

# The chart puts both into JSON as they are.
check_json() {
  case $1 in
    *[\"\\]* | *"
"* | *"$(printf '\t')"* | *"$(printf '\r')"*)
      fail 'imageCredentials cannot hold a quote, a backslash, a tab or a line break; use customImagePullSecrets, or a secret made with kubectl'
      ;;
  esac
}

add() { # key as YAML, user name, password
  check_json "$2"
  check_json "$3"
  quoted_user=$(yaml "$2")
  quoted_password=$(yaml "$3")
  entries="$entries
  registry: $1
  username: $quoted_user
  password: $quoted_password
  email: \"\""
}

# Amazon ECR at 123456789012.dkr.ecr.us-east-1.amazonaws.com
login() {
  user=AWS
  password=$(aws ecr get-login-password --region us-east-1) || fail 'failed, see above: aws ecr get-login-password --region us-east-1' 1
  [ -n "$password" ] || fail 'no password for Amazon ECR at 123456789012.dkr.ecr.us-east-1.amazonaws.com'
  add '"123456789012.dkr.ecr.us-east-1.amazonaws.com"' "$user" "$password"
  note '123456789012.dkr.ecr.us-east-1.amazonaws.com as '"$user"
}

entries=
login

printf 'imageCredentials:%s\n' "$entries"
say "Gave Helm the logins: $logins"
say 'The login to 123456789012.dkr.ecr.us-east-1.amazonaws.com stops working after 12 hours: run this again before then, or let the nodes pull without a secret.'
