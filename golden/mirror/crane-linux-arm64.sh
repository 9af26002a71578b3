#!/usr/bin/env bash
# Copies Orkes's images into your registry with crane. Digests stay the same, so this can be run again.
#
# Log in first:
#   docker login --username orkesdocker
#   docker login r.io
#
# Must exist first:
#   the project a
#     create a
set -euo pipefail

# same SOURCE-DIGEST TARGET-DIGEST TARGET: stops where the copy has another digest.
same() {
  if [ "$1" != "$2" ]; then
    echo "error: $3 has the digest $2, and its source has $1" >&2
    exit 1
  fi
  echo "$3@$2"
}

# copy SOURCE TARGET: copies an image.
copy() {
  crane copy --platform linux/arm64 "$1" "$2"
  same "$(crane digest --platform linux/arm64 "$1")" "$(crane digest "$2")" "$2"
}

copy docker.io/orkesio/orkes-conductor-server:5.2.42 r.io/a/server:5.2.42
copy docker.io/orkesio/orkes-conductor-workers@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef r.io/a/workers:5.2.42
