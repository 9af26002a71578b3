# Makes the pull secret ecr-credentials in the namespaces conductor, staging, with the login to
#   Amazon ECR at 123456789012.dkr.ecr.us-east-1.amazonaws.com, which stops working after 12 hours
#   Harbor at harbor.example.com
# Safe to run again: the secret is then replaced. Runs in Windows PowerShell 5.1 and PowerShell 7.
#
#   powershell -ExecutionPolicy Bypass -File pull-secret.ps1
#
# Variables:
#   NAMESPACE      where to, if not conductor staging; several with blanks between
#   DOCKER_CONFIG  folder of docker's config.json, if not ~/.docker
#
# Other programs get the password on their standard input only, never as an argument or in a file.
#
# On EKS nodes can pull without a secret, which is better (pullSecret.method: none):
# give the nodes' role the policy AmazonEC2ContainerRegistryPullOnly; see also conductor-registry presets ecr
#   aws iam attach-role-policy --role-name NODEROLE --policy-arn arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly

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

# The value of a property that may not be there.
function Get-Value($object, [string]$name) {
  $property = if ($null -ne $object) { $object.PSObject.Properties[$name] }
  if ($property) { $property.Value }
}

# Only the one entry goes on.
function Get-DockerEntry([string]$json, [string]$key) {
  $entry = Get-Value (Get-Value $docker 'auths') $key
  $helper = Get-Value (Get-Value $docker 'credHelpers') $key
  if (-not $helper) { $helper = Get-Value $docker 'credsStore' }
  if ($helper) {
    throw "docker keeps the login to $key in the helper $helper (credsStore or credHelpers in $dockerConfig), not in the file; make a script without --from-docker-config, and give it the login"
  }
  if (Get-Value $entry 'identitytoken') {
    throw "docker's login to $key is an identity token, which the kubelet cannot use and which soon ends; make a script without --from-docker-config, and give it a login that lasts"
  }
  $auth = Get-Value $entry 'auth'
  if (-not $auth) { throw "docker has no login to $key in $dockerConfig; run: docker login $key" }
  if ($auth -notmatch '^[A-Za-z0-9+/=]+$') { throw "the login to $key in $dockerConfig cannot be read" }
  $json + ':{"auth":"' + $auth + '"}'
}

$dockerFolder = if ($env:DOCKER_CONFIG) { $env:DOCKER_CONFIG } else { Join-Path $HOME '.docker' }
$dockerConfig = Join-Path $dockerFolder 'config.json'
if (-not (Test-Path -LiteralPath $dockerConfig -PathType Leaf)) {
  throw "cannot read $dockerConfig; set DOCKER_CONFIG to the folder of docker's config.json"
}
$docker = [IO.File]::ReadAllText((Resolve-Path -LiteralPath $dockerConfig).ProviderPath) | ConvertFrom-Json

try {
  # Amazon ECR at 123456789012.dkr.ecr.us-east-1.amazonaws.com
  $auths += Get-DockerEntry '"123456789012.dkr.ecr.us-east-1.amazonaws.com"' '123456789012.dkr.ecr.us-east-1.amazonaws.com'
  $logins += '123456789012.dkr.ecr.us-east-1.amazonaws.com from docker'
  # Harbor at harbor.example.com
  $auths += Get-DockerEntry '"harbor.example.com"' 'harbor.example.com'
  $logins += 'harbor.example.com from docker'

  $config = '{"auths":{' + ($auths -join ',') + '}}'
  $data = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($config))
  $namespaces = if ($env:NAMESPACE) { -split $env:NAMESPACE } else { 'conductor', 'staging' }
  foreach ($namespace in $namespaces) {
    if ($namespace -cnotmatch '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$') { throw "no namespace can be called $namespace" }

    # Who may not see or make namespaces may still be allowed to write the secret: kubectl apply will tell.
    $found = kubectl get namespace $namespace --ignore-not-found --output name
    if ($LASTEXITCODE -eq 0 -and -not $found) { kubectl create namespace $namespace | ForEach-Object { Say $_ } }
    if ($LASTEXITCODE -ne 0) { Say "warning: could not make sure that there is a namespace $namespace; going on" }

    # --server-side, because the client's apply keeps a second copy of the login in an annotation.
    $secret = '{"apiVersion":"v1","kind":"Secret","type":"kubernetes.io/dockerconfigjson","metadata":{"name":"' + 'ecr-credentials' +
      '","namespace":"' + $namespace + '"},"data":{".dockerconfigjson":"' + $data + '"}}'
    $secret | kubectl apply --server-side --force-conflicts --namespace $namespace --filename '-' | ForEach-Object { Say $_ }
    if ($LASTEXITCODE -ne 0) { throw 'kubectl could not write the secret' }

    Say ('Wrote the pull secret ecr-credentials in the namespace ' + $namespace + ': ' + ($logins -join ', '))
  }
  Say 'The login to 123456789012.dkr.ecr.us-east-1.amazonaws.com stops working after 12 hours: run this again before then, or let the nodes pull without a secret.'
} finally {
  $auths = $config = $data = $secret = $server_password = $workers_password = $null
}
