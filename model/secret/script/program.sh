command -v __program__ >/dev/null 2>&1 || fail __missing__ 1
