#!/usr/bin/env bash
# Prints the pull secret gar-json-key for the namespace conductor, encrypted with SOPS, with the credentials for
#   Google Artifact Registry at us-central1-docker.pkg.dev
# Programs get the password on standard input only. What it prints can be kept in git:
#
#   bash sops-secret.sh > gar-json-key.sops.yaml
#
# Whoever has the key can open it: Flux does by itself, Argo CD and Helm with a plugin. sops 3.9 or newer takes the key
# from .sops.yaml, or from SOPS_AGE_RECIPIENTS, SOPS_KMS_ARN and the like.
#
# Variables:
#   NAMESPACE          conductor if not set; several with spaces between
#   REGISTRY_KEY_FILE  file with the JSON key of the service account; asked if not set
#
# On GKE nodes can pull without a secret (recommended; pullSecret.method: none):
# give the nodes' service account the role Artifact Registry Reader; see also conductor-registry presets gar
#   gcloud container clusters describe CLUSTER --location=CLUSTERLOCATION --format='value(nodeConfig.serviceAccount)'
#   gcloud projects add-iam-policy-binding my-project --member=serviceAccount:NODESA --role=roles/artifactregistry.reader

set +x +a -euf -o pipefail # a trace would show the password, and -a would export it
export -n password auth auths entry secret secrets # no program inherits these
fail() { echo "${0##*/}: $1" >&2; exit "${2-2}"; }
command -v kubectl >/dev/null || fail 'cannot find kubectl; install it, or add its folder to PATH' 1
command -v sops >/dev/null || fail 'cannot find sops; install it, or add its folder to PATH' 1
ask() { # variable, question, -s to hide the answer
  (: </dev/tty) 2>/dev/null || fail 'no terminal to ask on; set REGISTRY_KEY_FILE'
  IFS= read -r ${3+"$3"} -p "$2: " "${1?}" </dev/tty 2>/dev/tty || fail 'no answer'
}
add() { # key, user name, password
  [[ -n $2 && -n $3 ]] || fail "no user name or no password for $1"
  [[ $2 != *:* ]] || fail 'a user name cannot contain a colon; give the part before it, and the password by itself'
  auth=$(printf '%s:%s' "$2" "$3" | base64 | tr -d '\n') || fail 'base64 failed' 1
  auths="${auths:+$auths,}$1:{\"auth\":\"$auth\"}" # all that the kubelet needs
  logins="${logins:+$logins, }${1//\"/} as $2"
}
auths='' logins=''

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

secrets=''
for namespace in ${NAMESPACE:-conductor}; do
  secret=$(printf '{"auths":{%s}}' "$auths" |
    kubectl create secret docker-registry gar-json-key --namespace "$namespace" \
      --from-file=.dockerconfigjson=/dev/stdin --dry-run=client -o yaml) || fail 'kubectl could not make the secret' 1
  secrets="${secrets:+$secrets
---
}$secret"
done
# Encrypted at once, as one file: only then is its checksum right. Names and the kind stay readable.
printf '%s\n' "$secrets" |
  sops encrypt --encrypted-regex '^(data|stringData)$' \
    --filename-override gar-json-key.sops.yaml /dev/stdin || fail 'sops could not encrypt the secret' 1
printf 'pull secret "%s" encrypted: %s\n' gar-json-key "${logins:-no credentials}" >&2
