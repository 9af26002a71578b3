(
  entry() { # key as JSON, user name, password
    case $2 in '' | *:*) echo "no user name for $1, or one with a colon" >&2; exit 1 ;; esac
    [ -n "$3" ] || { echo "no password for $1" >&2; exit 1; }
    printf '%s:{"auth":"%s"}' "$1" "$(printf '%s:%s' "$2" "$3" | base64 | tr -d '\n')"
  }
__entries__
    config=$(printf '{"auths":{%s}}' "__auths__" | base64 | tr -d '\n') &&
    printf 's|${DOCKERCONFIGJSON}|%s|\n' "$config" | sed -f /dev/stdin __file__ |
    kubectl apply --server-side --force-conflicts -f -
)
