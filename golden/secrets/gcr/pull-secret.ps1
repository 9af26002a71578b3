# Makes the pull secret gcr-json-key in the namespace conductor, with the login to
#   Google Container Registry at gcr.io
# Safe to run again: the secret is then replaced. Runs in Windows PowerShell 5.1 and PowerShell 7.
#
#   powershell -ExecutionPolicy Bypass -File pull-secret.ps1
#
# Variables:
#   NAMESPACE          where to, if not conductor; several with blanks between
#   REGISTRY_KEY_FILE  the file with the service account's JSON key; asked if not set
#
# Other programs get the password on their standard input only, never as an argument or in a file.
#
# On GKE nodes can pull without a secret, which is better (pullSecret.method: none):
# give the nodes' service account the role Artifact Registry Reader; see also conductor-registry presets gcr
#   gcloud container clusters describe CLUSTER --location=CLUSTERLOCATION --format='value(nodeConfig.serviceAccount)'
#   gcloud projects add-iam-policy-binding my-gcp-project --member=serviceAccount:NODESA --role=roles/artifactregistry.reader

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $false # exit codes are looked at below
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

# The kubelet needs no more than "auth", which takes any password. All after the first colon is the password.
function Get-Entry([string]$key, [string]$user, [string]$password) {
  if (-not $user) { throw "no user name for $key" }
  if ($user.Contains(':')) { throw 'a user name cannot hold a colon; give the part before it, and the password by itself' }
  if (-not $password) { throw "no password for $key" }
  $key + ':{"auth":"' + [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($user + ':' + $password)) + '"}'
}

try {
  # Google Container Registry at gcr.io
  $user = '_json_key_base64'
  $file = if ($env:REGISTRY_KEY_FILE) { $env:REGISTRY_KEY_FILE } else { Read-Host 'Key file for Google Container Registry at gcr.io (the file with the service account''s JSON key)' }
  if (-not (Test-Path -LiteralPath $file -PathType Leaf)) {
    throw "cannot read the key file $file; set REGISTRY_KEY_FILE to its path"
  }
  $file = (Resolve-Path -LiteralPath $file).ProviderPath
  $password = [Convert]::ToBase64String([IO.File]::ReadAllBytes($file))
  $auths += Get-Entry '"gcr.io"' $user $password
  $logins += 'gcr.io as ' + $user

  $config = '{"auths":{' + ($auths -join ',') + '}}'
  $data = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($config))
  $namespaces = if ($env:NAMESPACE) { -split $env:NAMESPACE } else { 'conductor' }
  foreach ($namespace in $namespaces) {
    if ($namespace -cnotmatch '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$') { throw "no namespace can be called $namespace" }

    # Who may not see or make namespaces may still be allowed to write the secret: kubectl apply will tell.
    $found = kubectl get namespace $namespace --ignore-not-found --output name
    if ($LASTEXITCODE -eq 0 -and -not $found) { kubectl create namespace $namespace | ForEach-Object { Say $_ } }
    if ($LASTEXITCODE -ne 0) { Say "warning: could not make sure that there is a namespace $namespace; going on" }

    # --server-side, because the client's apply keeps a second copy of the login in an annotation.
    $secret = '{"apiVersion":"v1","kind":"Secret","type":"kubernetes.io/dockerconfigjson","metadata":{"name":"' + 'gcr-json-key' +
      '","namespace":"' + $namespace + '"},"data":{".dockerconfigjson":"' + $data + '"}}'
    $secret | kubectl apply --server-side --force-conflicts --namespace $namespace --filename '-' | ForEach-Object { Say $_ }
    if ($LASTEXITCODE -ne 0) { throw 'kubectl could not write the secret' }

    Say ('Wrote the pull secret gcr-json-key in the namespace ' + $namespace + ': ' + ($logins -join ', '))
  }
} finally {
  $auths = $config = $data = $secret = $password = $null
}
