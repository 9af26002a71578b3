# The kubelet needs no more than "auth", which takes any password. JSON allows no line break in it.
add() { # key as JSON, user name, password
  auth=$(printf '%s:%s' "$2" "$3" | base64 | tr -d '\n')
  [ -n "$auth" ] || fail 'base64 failed' 1
  auths="$auths${auths:+,}$1:{\"auth\":\"$auth\"}"
}

__logins__
namespace=${NAMESPACE:-__namespace__}
auths=
__calls__

# In two steps, so that a failure of either is seen.
secret=$(printf '{"auths":{%s}}' "$auths" |
  kubectl create secret docker-registry __name__ --namespace "$namespace" \
    --from-file=.dockerconfigjson=/dev/stdin --dry-run=client -o yaml) || fail 'kubectl could not make the secret' 1

# Who may not see or make namespaces may still be allowed to write the secret: kubectl apply will tell.
kubectl get namespace "$namespace" >/dev/null 2>&1 || kubectl create namespace "$namespace" >&2 ||
  say "warning: could not make sure that there is a namespace $namespace; going on"

# --server-side, because the client's apply keeps a second copy of the login in an annotation.
printf '%s\n' "$secret" | kubectl apply --server-side --force-conflicts --namespace "$namespace" -f - >&2 ||
  fail 'kubectl could not write the secret' 1

say __wrote__"$namespace: $logins"
__expiry__
