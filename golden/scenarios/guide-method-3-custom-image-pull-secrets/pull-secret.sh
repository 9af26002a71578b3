#!/usr/bin/env bash
# Prints customImagePullSecrets for Helm, which creates the pull secret from it, with the credentials for
#   the registry at registry1.example.com
#   the registry at registry2.example.com
# It prints the password, so it writes into a pipe only:
#
#   bash pull-secret.sh | helm upgrade --install conductor ./orkes-helm-charts/charts/orkes-conductor --namespace conductor -f values.yaml -f -
#
# Variables:
#   SERVER_REGISTRY_USERNAME   registry1.example.com; user name, if not user1
#   SERVER_REGISTRY_PASSWORD   registry1.example.com; password or token of that user; asked if not set
#   WORKERS_REGISTRY_USERNAME  registry2.example.com; a user that can pull; asked if not set
#   WORKERS_REGISTRY_PASSWORD  registry2.example.com; password or token of that user; asked if not set

set +x +a -euf -o pipefail # a trace would show the password, and -a would export it
export -n password text secret entries SERVER_REGISTRY_PASSWORD WORKERS_REGISTRY_PASSWORD # no program inherits these
fail() { echo "${0##*/}: $1" >&2; exit "${2-2}"; }
[ ! -t 1 ] || fail 'the password would show on the terminal; run: bash pull-secret.sh | helm upgrade --install conductor ./orkes-helm-charts/charts/orkes-conductor --namespace conductor -f values.yaml -f -'
# Helm would go on without the credentials. It stops at a line that is not a mapping.
finished='' && trap 'trap "" INT; [ -n "$finished" ] || echo failed' EXIT # even after a second ctrl+c
ask() { # variable, question, -s to hide the answer
  (: </dev/tty) 2>/dev/null || fail 'no terminal to ask on; set SERVER_REGISTRY_PASSWORD, WORKERS_REGISTRY_USERNAME, WORKERS_REGISTRY_PASSWORD'
  IFS= read -r ${3+"$3"} -p "$2: " "${1?}" </dev/tty 2>/dev/tty || fail 'no answer'
  [ $# = 2 ] || echo >/dev/tty
}
trap 'trap "" INT; stty echo </dev/tty; exit 130' INT # bash 3.2 leaves the echo off after ctrl+c
yaml() { # text: as a double-quoted string on one line
  local text=$1
  text=${text//\\/\\\\} text=${text//\"/\\\"} text=${text//$'\n'/\\n} text=${text//$'\r'/\\r}
  text=${text//$'\302\205'/\\N} text=${text//$'\342\200\250'/\\L} text=${text//$'\342\200\251'/\\P}
  [[ ${text//$'\t'/} != *[[:cntrl:]]* ]] || fail 'Helm cannot read a control character; use a secret made with kubectl'
  printf '"%s"' "$text"
}
add() { # key, user name, password
  [[ -n $2 && -n $3 ]] || fail "no user name or no password for $1"
  [[ $2 != *:* ]] || fail 'a user name cannot contain a colon; give the part before it, and the password by itself'
  user=$(yaml "$2")
  secret=$(yaml "$3")
  entries="$entries
    - registry: $1
      username: $user
      password: $secret
      email: \"\""
  logins="${logins:+$logins, }${1//\"/} as $2"
}
entries='' logins=''

# the registry at registry1.example.com
username=${SERVER_REGISTRY_USERNAME:-user1}
password=${SERVER_REGISTRY_PASSWORD-}
[ -n "$password" ] || ask password 'Password for the registry at registry1.example.com (password or token of that user)' -s
add '"registry1.example.com"' "$username" "$password"

# the registry at registry2.example.com
username=${WORKERS_REGISTRY_USERNAME-}
[ -n "$username" ] || ask username 'User name for the registry at registry2.example.com (a user that can pull)'
password=${WORKERS_REGISTRY_PASSWORD-}
[ -n "$password" ] || ask password 'Password for the registry at registry2.example.com (password or token of that user)' -s
add '"registry2.example.com"' "$username" "$password"

printf 'customImagePullSecrets:\n  registries:%s\n' "${entries:- []}"
finished=yes
echo "credentials passed to Helm: ${logins:-none}" >&2
