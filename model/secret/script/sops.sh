secrets=
for namespace in ${NAMESPACE:-__namespaces__}; do
  secret=$(make_secret "$namespace") || fail 'kubectl could not make the secret' 1
  secrets="$secrets${secrets:+
---
}$secret"
done

# Encrypted in one go, into one file: only then does its checksum hold. Names and the kind stay readable.
printf '%s\n' "$secrets" |
  sops encrypt --encrypted-regex '^(data|stringData)$' --filename-override __output__ /dev/stdin ||
  fail 'sops could not encrypt the secret' 1
say __encrypted__"$logins"
