#!/usr/bin/env bash
# Prints imageCredentials for Helm, which makes the pull secret from it, with the login to
#   Google Container Registry at gcr.io
# It prints the password too, so it writes into a pipe only:
#
#   bash pull-secret.sh | helm upgrade --install conductor orkes-conductor --repo https://orkes-io.github.io/orkes-helm-charts --version 2.7.49 --namespace conductor -f values.yaml -f -
#
# Variables:
#   REGISTRY_KEY_FILE  the file with the service account's JSON key; asked if not set
#
# Other programs get the password on their standard input only, never as an argument or in a file.
#
# On GKE nodes can pull without a secret, which is better (pullSecret.method: none):
# give the nodes' service account the role Artifact Registry Reader; see also conductor-registry presets gcr
#   gcloud container clusters describe CLUSTER --location=CLUSTERLOCATION --format='value(nodeConfig.serviceAccount)'
#   gcloud projects add-iam-policy-binding my-gcp-project --member=serviceAccount:NODESA --role=roles/artifactregistry.reader

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

# No program started here inherits a password, not even by an exported variable of the same name.
unset answer quoted_password entries password

logins= # for the last message
note() { logins="$logins${logins:+, }$1"; }

# Questions go to the terminal itself: standard input and output may be pipes.
need_terminal() {
  (: </dev/tty) 2>/dev/null || fail 'no terminal to ask on; set REGISTRY_KEY_FILE'
}
ask() {
  need_terminal
  printf '%s: ' "$1" >/dev/tty
  IFS= read -r answer </dev/tty || fail 'no answer'
}

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

# Google Container Registry at gcr.io
login() {
  user=_json_key_base64
  file=${REGISTRY_KEY_FILE-}
  [ -n "$file" ] || {
    ask 'Key file for Google Container Registry at gcr.io (the file with the service account'\''s JSON key)'
    file=$answer
  }
  case $file in \~/*) file=$HOME/${file#\~/} ;; esac # a typed ~ is not expanded yet
  [ -r "$file" ] || fail "cannot read the key file $file; set REGISTRY_KEY_FILE to its path"
  password=$(base64 <"$file" | tr -d '\n')
  [ -n "$password" ] || fail 'no password for Google Container Registry at gcr.io'
  add '"gcr.io"' "$user" "$password"
  note 'gcr.io as '"$user"
}

entries=
login

printf 'imageCredentials:%s\n' "$entries"
say "Gave Helm the logins: $logins"
