[ ! -t 1 ] || fail __shown__

# As a double-quoted YAML string on one line: all that YAML takes for a line break is escaped.
yaml() {
  [ -z "$(printf '%s' "$1" | LC_ALL=C tr -cd '\001-\010\013\014\016-\037\177')" ] ||
    fail 'a user name or password with a control character cannot be given to Helm; use a secret made with kubectl'
  printf '%s\n' "$1" | LC_ALL=C sed -e ':join' -e '$!{' -e N -e 'b join' -e '}' -e 's/[\\"]/\\&/g' -e 's/\n/\\n/g' \
    -e "s/$(printf '\r')/\\\\r/g" -e "s/$(printf '\302\205')/\\\\N/g" \
    -e "s/$(printf '\342\200\250')/\\\\L/g" -e "s/$(printf '\342\200\251')/\\\\P/g" -e 's/.*/"&"/'
}
