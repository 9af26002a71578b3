# Creates the pull secret gar-json-key in the namespace conductor, with the credentials for
#   Google Artifact Registry at us-central1-docker.pkg.dev
# Safe to run again: it replaces the secret. Runs in Windows PowerShell 5.1 and PowerShell 7. Other programs get the
# password on standard input only, never as an argument or in a file.
#
#   powershell -ExecutionPolicy Bypass -File pull-secret.ps1
#
# Variables:
#   NAMESPACE          conductor if not set; several with spaces between
#   REGISTRY_KEY_FILE  file with the JSON key of the service account; asked if not set
#
# On GKE nodes can pull without a secret (recommended; pullSecret.method: none):
# give the nodes' service account the role Artifact Registry Reader; see also conductor-registry presets gar
#   gcloud container clusters describe CLUSTER --location=CLUSTERLOCATION --format='value(nodeConfig.serviceAccount)'
#   gcloud projects add-iam-policy-binding my-project --member=serviceAccount:NODESA --role=roles/artifactregistry.reader

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $false # exit codes are checked below
$OutputEncoding = [Text.Encoding]::ASCII # kubectl gets base64 only, and no byte order mark

function Say([string]$text) { [Console]::Error.WriteLine($text) }
function Need([string]$program) {
  if (-not (Get-Command $program -CommandType Application -ErrorAction SilentlyContinue)) {
    throw "cannot find $program; install it, or add its folder to PATH"
  }
}
Need 'kubectl'

$auths = @()
$logins = @()

# All after the first colon would be read as the password.
function Get-Entry([string]$key, [string]$user, [string]$password) {
  if (-not $user) { throw "no user name for $key" }
  if ($user.Contains(':')) { throw 'a user name cannot contain a colon; give the part before it, and the password by itself' }
  if (-not $password) { throw "no password for $key" }
  $key + ':{"auth":"' + [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($user + ':' + $password)) + '"}'
}

try {

  # Google Artifact Registry at us-central1-docker.pkg.dev
  $user = '_json_key_base64'
  $file = if ($env:REGISTRY_KEY_FILE) { $env:REGISTRY_KEY_FILE } else { Read-Host 'Key file for Google Artifact Registry at us-central1-docker.pkg.dev (file with the JSON key of the service account)' }
  if (-not (Test-Path -LiteralPath $file -PathType Leaf)) {
    throw "cannot read the key file $file; set REGISTRY_KEY_FILE to its path"
  }
  $file = (Resolve-Path -LiteralPath $file).ProviderPath
  $password = [IO.File]::ReadAllText($file).TrimEnd("`n")
  if (-not $password.Contains('"private_key"')) {
    throw "$file is not the key of a service account: it has no private_key"
  }
  $password = [Convert]::ToBase64String([IO.File]::ReadAllBytes($file))
  $auths += Get-Entry '"us-central1-docker.pkg.dev"' $user $password
  $logins += 'us-central1-docker.pkg.dev as ' + $user

  $config = '{"auths":{' + ($auths -join ',') + '}}'
  $data = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($config))
  $namespaces = if ($env:NAMESPACE) { -split $env:NAMESPACE } else { 'conductor' }
  foreach ($namespace in $namespaces) {
    if ($namespace -cnotmatch '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$') { throw "$namespace is not a valid namespace" }

    $found = kubectl get namespace $namespace --ignore-not-found --output name
    if ($LASTEXITCODE -eq 0 -and -not $found) { kubectl create namespace $namespace | ForEach-Object { Say $_ } }
    if ($LASTEXITCODE -ne 0) { Say "warning: cannot create namespace $namespace; trying to write the secret anyway" }

    # --server-side, because the client's apply keeps a second copy of the credentials in an annotation.
    $secret = '{"apiVersion":"v1","kind":"Secret","type":"kubernetes.io/dockerconfigjson","metadata":{"name":"' + 'gar-json-key' +
      '","namespace":"' + $namespace + '"},"data":{".dockerconfigjson":"' + $data + '"}}'
    $secret | kubectl apply --server-side --force-conflicts --namespace $namespace --filename '-' | Out-Null
    if ($LASTEXITCODE -ne 0) {
      throw 'kubectl could not write the secret; if a field is immutable, run this and try again: kubectl delete secret gar-json-key -n ' + $namespace
    }
    $written = if ($logins) { $logins -join ', ' } else { 'no credentials' }
    Say ('pull secret "gar-json-key" written to namespace "' + $namespace + '": ' + $written)
  }
} finally {
  $auths = $config = $data = $secret = $password = $null
}
