# Creates the pull secret acr-credentials in the namespace conductor, with the credentials for
#   Azure Container Registry at myacr.azurecr.io
# Safe to run again: it replaces the secret. Runs in Windows PowerShell 5.1 and PowerShell 7. Other programs get the
# password on standard input only, never as an argument or in a file.
#
#   powershell -ExecutionPolicy Bypass -File pull-secret.ps1
#
# Variables:
#   NAMESPACE          conductor if not set; several with spaces between
#   REGISTRY_USERNAME  name of the token, or application id of the service principal; asked if not set
#   REGISTRY_PASSWORD  password of the token, or client secret of the service principal; asked if not set
#
# On AKS nodes can pull without a secret (recommended; pullSecret.method: none):
# attach the registry to the cluster, which gives its nodes the role AcrPull; see also conductor-registry presets acr
#   az aks update --name CLUSTER --resource-group GROUP --attach-acr myacr

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

function Read-Hidden([string]$question) {
  $secure = Read-Host -AsSecureString $question
  (New-Object Management.Automation.PSCredential 'x', $secure).GetNetworkCredential().Password
}

$password = $env:REGISTRY_PASSWORD
$password_before = $env:REGISTRY_PASSWORD
try {
  $env:REGISTRY_PASSWORD = $null # programs do not inherit it

  # Azure Container Registry at myacr.azurecr.io
  $user = if ($env:REGISTRY_USERNAME) { $env:REGISTRY_USERNAME } else { Read-Host 'User name for Azure Container Registry at myacr.azurecr.io (name of the token, or application id of the service principal)' }
  if (-not $password) { $password = Read-Hidden 'Password for Azure Container Registry at myacr.azurecr.io (password of the token, or client secret of the service principal)' }
  $auths += Get-Entry '"myacr.azurecr.io"' $user $password
  $logins += 'myacr.azurecr.io as ' + $user

  $config = '{"auths":{' + ($auths -join ',') + '}}'
  $data = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($config))
  $namespaces = if ($env:NAMESPACE) { -split $env:NAMESPACE } else { 'conductor' }
  foreach ($namespace in $namespaces) {
    if ($namespace -cnotmatch '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$') { throw "$namespace is not a valid namespace" }

    $found = kubectl get namespace $namespace --ignore-not-found --output name
    if ($LASTEXITCODE -eq 0 -and -not $found) { kubectl create namespace $namespace | ForEach-Object { Say $_ } }
    if ($LASTEXITCODE -ne 0) { Say "warning: cannot create namespace $namespace; trying to write the secret anyway" }

    # --server-side, because the client's apply keeps a second copy of the credentials in an annotation.
    $secret = '{"apiVersion":"v1","kind":"Secret","type":"kubernetes.io/dockerconfigjson","metadata":{"name":"' + 'acr-credentials' +
      '","namespace":"' + $namespace + '"},"data":{".dockerconfigjson":"' + $data + '"}}'
    $secret | kubectl apply --server-side --force-conflicts --namespace $namespace --filename '-' | Out-Null
    if ($LASTEXITCODE -ne 0) {
      throw 'kubectl could not write the secret; if a field is immutable, run this and try again: kubectl delete secret acr-credentials -n ' + $namespace
    }
    $written = if ($logins) { $logins -join ', ' } else { 'no credentials' }
    Say ('pull secret "acr-credentials" written to namespace "' + $namespace + '": ' + $written)
  }
} finally {
  $env:REGISTRY_PASSWORD = $password_before
  $auths = $config = $data = $secret = $password = $password_before = $null
}
