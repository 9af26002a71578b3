for namespace in ${NAMESPACE:-__namespaces__}; do
  # In two steps, so that a failure of either is seen.
  secret=$(make_secret "$namespace") || fail 'kubectl could not make the secret' 1

  # Who may not see or make namespaces may still be allowed to write the secret: kubectl apply will tell.
  kubectl get namespace "$namespace" >/dev/null 2>&1 || kubectl create namespace "$namespace" >&2 ||
    say "warning: could not make sure that there is a namespace $namespace; going on"

  # --server-side, because the client's apply keeps a second copy of the login in an annotation.
  printf '%s\n' "$secret" | kubectl apply --server-side --force-conflicts --namespace "$namespace" -f - >&2 ||
    fail 'kubectl could not write the secret' 1

  say __wrote__"$namespace: $logins"
done
