#!/usr/bin/env bash
# Builds a release for two platforms twice, in two folders, and compares them byte for byte. Checks what is in it with the
# programs that read it, and installs the plugin with helm 3 and 4. It needs HELM3, HELM4, KREW (validate-krew-manifest)
# and GORELEASER (tools/goreleaser); make test-release sets them. Programs of the system that are not installed are named.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
go=${GO:-go}
here=$("$go" env GOOS)-$("$go" env GOARCH)
"$go" build -C tools/release -o "$work/release" .

echo 'Building a release twice ...'
for n in 1 2; do
  "$work/release" -root "$PWD" -out "$work/$n" -version 1.2.3 -platforms "${PLATFORMS:-${here/-/\/},windows/amd64}" \
    -project tools/release/testdata/project.yaml
done
diff -r "$work/1" "$work/2"
(cd "$work/1" && sha256sum --check --quiet checksums.txt)
RELEASE=$work/1 PLATFORM=$here "$go" test -C tools/release -count=1 .
"$KREW" -skip-install -manifest "$work/1/manifests/conductor-registry.yaml" 2>"$work/krew" || { cat "$work/krew"; exit 1; }

"$work/release" -root "$PWD" -goreleaser "$work/empty.yaml"
diff .goreleaser.yaml "$work/empty.yaml" || { echo '.goreleaser.yaml is stale: make goreleaser' >&2; exit 1; }
"$work/release" -root "$PWD" -goreleaser "$work/example.yaml" -project tools/release/testdata/project.yaml
"$GORELEASER" "$work/empty.yaml" "$work/example.yaml"
sed 's/^nfpms:/npfms:/' .goreleaser.yaml >"$work/misspelled.yaml"
! "$GORELEASER" "$work/misspelled.yaml" 2>/dev/null || { echo 'goreleaser accepts a misspelled key' >&2; exit 1; }

name=conductor-registry-1.2.3-$here
tar -xzf "$work/1/$name.tar.gz" -C "$work"
test -s "$work/$name/licenses/Apache-2.0.txt"
make build BIN="$work/plain1"
make build BIN="$work/plain2"
cmp "$work/plain1" "$work/plain2"
if [ -d .git ] && [ -z "$(git status --porcelain)" ]; then # in a worktree Go records no commit
  for program in "$work/$name/conductor-registry" "$work/plain1"; do
    "$program" version -o json | grep "\"commit\": \"$(git rev-parse HEAD)\"" >/dev/null
  done
fi
tar -xzf "$work/1/helm/$name.tgz" -C "$work"
try() { # HELM: the plugin runs, and completes its commands and flags
  "$1" conductor-registry presets ecr | grep ECR >/dev/null
  "$1" __complete conductor-registry secret --format '' 2>/dev/null | grep '^external-secret' >/dev/null
  ! "$1" conductor-registry diagnose -n prod --kubectl "$work/kubectl" >/dev/null 2>&1
  grep -w prod "$work/asked" >/dev/null
  rm "$work/asked"
}
printf '#!/bin/sh\necho "$@" >>%s/asked\nexit 1\n' "$work" >"$work/kubectl"
chmod 755 "$work/kubectl"
export HELM_DATA_HOME=$work/data3 HELM_CACHE_HOME=$work/cache3 HELM_CONFIG_HOME=$work/config3
"$HELM3" plugin install "$work/conductor-registry" >/dev/null # helm 3 installs folders and addresses
try "$HELM3"
export HELM_DATA_HOME=$work/data4 HELM_CACHE_HOME=$work/cache4 HELM_CONFIG_HOME=$work/config4
"$HELM4" plugin install --verify=false "$work/1/helm/$name.tgz" >/dev/null
try "$HELM4"
echo 'Both builds are the same; krew, goreleaser, helm 3 and helm 4 accept what is in them.'

echo 'Running the hooks of pre-commit ...'
if command -v pre-commit >/dev/null; then
  mkdir -p "$work/hooks/deploy" "$work/user/deploy"
  cp .pre-commit-hooks.yaml "$work/hooks"
  commit() { git -C "$1" -c user.name=test -c user.email=test@example.com commit -q -m test; }
  git -C "$work/hooks" init -q && git -C "$work/hooks" add -A && commit "$work/hooks"
  cd "$work/user"
  git init -q
  cat >deploy/answers.yaml <<<'{version: 1, registry: {provider: quay, namespace: myorg}}'
  PATH=$work/$name:$PATH conductor-registry generate --answers deploy/answers.yaml --out deploy 2>/dev/null
  cat >.pre-commit-config.yaml <<EOF
repos:
  - repo: $work/hooks
    rev: $(git -C "$work/hooks" rev-parse HEAD)
    hooks:
      - id: conductor-registry-lint
      - id: conductor-registry-generate
        args: [--answers, deploy/answers.yaml, --out, deploy]
      - id: conductor-registry-verify
        args: [--chart, $OLDPWD/golden/charts/2.8, -f, deploy/values.yaml, --helm, $HELM4]
EOF
  git add -A
  hooks() { PATH=$work/$name:$PATH PRE_COMMIT_HOME=$work/pre-commit pre-commit run --all-files; }
  hooks >"$work/passed" || { cat "$work/passed"; exit 1; }
  test "$(grep -c Passed "$work/passed")" -eq 3
  sed -i 's/myorg/https:\/\/myorg/' deploy/values.yaml
  ! hooks >"$work/failed" || { echo 'the hooks pass for a wrong file' >&2; exit 1; }
  grep '\[registry-scheme\]' "$work/failed" >/dev/null
  grep 'exit code: 4' "$work/failed" >/dev/null
  cd "$OLDPWD"
else
  echo 'pre-commit is not installed: its hooks are only run as commands, by make test.'
fi

for system in windows darwin; do
  echo "Checking the program for $system with go vet ..."
  GOOS=$system GOFLAGS=-trimpath CGO_ENABLED=0 "$go" vet ./...
done
