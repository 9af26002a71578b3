# Creates the pull secret acr-credentials in the namespace conductor, with the credentials for
#   Azure Container Registry at myacr.azurecr.io
# Safe to run again: it replaces the secret. Runs in Windows PowerShell 5.1 and PowerShell 7. Other programs get the
# password on standard input only, never as an argument or in a file.
#
#   powershell -ExecutionPolicy Bypass -File pull-secret.ps1
#
# Variables:
#   NAMESPACE      conductor if not set; several with spaces between
#   DOCKER_CONFIG  folder of docker's config.json, if not ~/.docker
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

# The value of a property that may not be there.
function Get-Value($object, [string]$name) {
  $property = if ($null -ne $object) { $object.PSObject.Properties[$name] }
  if ($property) { $property.Value }
}

# Only the one entry is used.
function Get-DockerEntry([string]$json, [string]$key) {
  $entry = Get-Value (Get-Value $docker 'auths') $key
  $helper = Get-Value (Get-Value $docker 'credHelpers') $key
  if (-not $helper) { $helper = Get-Value $docker 'credsStore' }
  if ($helper) {
    throw "docker keeps the credentials for $key in the helper $helper; make a script without --from-docker-config"
  }
  if (Get-Value $entry 'identitytoken') {
    throw "docker has an identity token for $key, which a kubelet cannot use; make a script without --from-docker-config"
  }
  $auth = Get-Value $entry 'auth'
  if (-not $auth) { throw "docker has no credentials for $key in $dockerConfig; run: docker login $key" }
  if ($auth -notmatch '^[A-Za-z0-9+/=]+$') { throw "the credentials for $key in $dockerConfig cannot be read" }
  $json + ':{"auth":"' + $auth + '"}'
}

$dockerFolder = if ($env:DOCKER_CONFIG) { $env:DOCKER_CONFIG } else { Join-Path $HOME '.docker' }
$dockerConfig = Join-Path $dockerFolder 'config.json'
if (-not (Test-Path -LiteralPath $dockerConfig -PathType Leaf)) {
  throw "cannot read $dockerConfig; set DOCKER_CONFIG to the folder of docker's config.json"
}
$docker = [IO.File]::ReadAllText((Resolve-Path -LiteralPath $dockerConfig).ProviderPath) | ConvertFrom-Json

try {

  # Azure Container Registry at myacr.azurecr.io
  $auths += Get-DockerEntry '"myacr.azurecr.io"' 'myacr.azurecr.io'
  $logins += 'myacr.azurecr.io from docker'

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
  $auths = $config = $data = $secret = $password = $null
}
