# One after the other: a strict seal is good for one name in one namespace.
for namespace in ${NAMESPACE:-__namespaces__}; do
  secret=$(make_secret "$namespace") || fail 'kubectl could not make the secret' 1
  printf '%s\n' "$secret" | kubeseal --scope strict --namespace "$namespace" --format yaml ||
    fail 'kubeseal could not encrypt the secret' 1
  say __sealed__"$namespace: $logins"
done
