#!/usr/bin/env bash
# Prints customImagePullSecrets for Helm, which creates the pull secret from it, with the credentials for
#   Google Artifact Registry at us-central1-docker.pkg.dev
# It prints the password, so it writes into a pipe only:
#
#   bash pull-secret.sh | helm upgrade --install conductor ./orkes-helm-charts/charts/orkes-conductor --namespace conductor -f values.yaml -f -
#
# Variables:
#   REGISTRY_KEY_FILE  file with the JSON key of the service account; asked if not set
#
# On GKE nodes can pull without a secret (recommended; pullSecret.method: none):
# give the nodes' service account the role Artifact Registry Reader; see also conductor-registry presets gar
#   gcloud container clusters describe CLUSTER --location=CLUSTERLOCATION --format='value(nodeConfig.serviceAccount)'
#   gcloud projects add-iam-policy-binding my-project --member=serviceAccount:NODESA --role=roles/artifactregistry.reader

set +x +a -euf -o pipefail # a trace would show the password, and -a would export it
export -n password text secret entries # no program inherits these
fail() { echo "${0##*/}: $1" >&2; exit "${2-2}"; }
[ ! -t 1 ] || fail 'the password would show on the terminal; run: bash pull-secret.sh | helm upgrade --install conductor ./orkes-helm-charts/charts/orkes-conductor --namespace conductor -f values.yaml -f -'
# Helm would go on without the credentials. It stops at a line that is not a mapping.
finished='' && trap 'trap "" INT; [ -n "$finished" ] || echo failed' EXIT # even after a second ctrl+c
ask() { # variable, question, -s to hide the answer
  (: </dev/tty) 2>/dev/null || fail 'no terminal to ask on; set REGISTRY_KEY_FILE'
  IFS= read -r ${3+"$3"} -p "$2: " "${1?}" </dev/tty 2>/dev/tty || fail 'no answer'
}
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

# Google Artifact Registry at us-central1-docker.pkg.dev
username=_json_key_base64
key_file=${REGISTRY_KEY_FILE-}
[ -n "$key_file" ] || ask key_file 'Key file for Google Artifact Registry at us-central1-docker.pkg.dev (file with the JSON key of the service account)'
case $key_file in \~/*) key_file=$HOME/${key_file#\~/} ;; esac # a typed ~ is not expanded yet
[ -r "$key_file" ] || fail "cannot read the key file $key_file; set REGISTRY_KEY_FILE to its path"
password=$(cat <"$key_file")
[[ $password = *'"private_key"'* ]] || fail "$key_file is not the key of a service account: it has no private_key"
password=$(base64 <"$key_file" | tr -d '\n')
add '"us-central1-docker.pkg.dev"' "$username" "$password"

printf 'customImagePullSecrets:\n  registries:%s\n' "${entries:- []}"
finished=yes
echo "credentials passed to Helm: ${logins:-none}" >&2
