#!/usr/bin/env bash
# Builds the archives of two platforms twice, in two folders, and compares them byte for byte. Installs the plugin of this
# platform with helm 3 and 4 from the archive, and runs it through helm.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
here=$("${GO:-go}" env GOOS)/$("${GO:-go}" env GOARCH)

for n in 1 2; do
  "${GO:-go}" run -C tools ./release -root "$PWD" -out "$work/$n" -version 1.2.3 -platforms "${PLATFORMS:-$here,windows/amd64}"
done
diff -r "$work/1" "$work/2"
(cd "$work/1" && sha256sum --check --quiet checksums.txt)

name=helm/conductor-registry-1.2.3-${here/\//-}.tgz
tar -tzf "$work/1/$name" | grep '^conductor-registry/plugin.yaml$' >/dev/null # -q would end tar by SIGPIPE
tar -tzf "$work/1/conductor-registry-1.2.3-${here/\//-}.tar.gz" | grep 'licenses/Apache-2.0.txt$' >/dev/null
mkdir "$work/unpacked"
tar -xzf "$work/1/$name" -C "$work/unpacked"

export HELM_DATA_HOME=$work/data3 HELM_CACHE_HOME=$work/cache3 HELM_CONFIG_HOME=$work/config3
"$HELM3" plugin install "$work/unpacked/conductor-registry" >/dev/null # helm 3 installs folders and addresses
"$HELM3" conductor-registry presets ecr | grep ECR >/dev/null
export HELM_DATA_HOME=$work/data4 HELM_CACHE_HOME=$work/cache4 HELM_CONFIG_HOME=$work/config4
"$HELM4" plugin install --verify=false "$work/1/$name" >/dev/null
"$HELM4" conductor-registry presets ecr | grep ECR >/dev/null
echo 'The archives are the same in both builds, and helm 3 and 4 run the plugin.'
