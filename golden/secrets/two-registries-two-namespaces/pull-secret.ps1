# Creates the pull secret registry-credentials in the namespaces conductor, staging, with the credentials for
#   Amazon ECR at 123456789012.dkr.ecr.us-east-1.amazonaws.com, valid for 12 hours
#   Harbor at harbor.example.com
# Safe to run again: it replaces the secret. Runs in Windows PowerShell 5.1 and PowerShell 7. Other programs get the
# password on standard input only, never as an argument or in a file.
#
#   powershell -ExecutionPolicy Bypass -File pull-secret.ps1
#
# Variables:
#   NAMESPACE                  conductor staging if not set; several with spaces between
#   WORKERS_REGISTRY_USERNAME  harbor.example.com; robot account, robot$PROJECT+NAME; asked if not set
#   WORKERS_REGISTRY_PASSWORD  harbor.example.com; secret of the robot account; with single sign-on your CLI secret; asked if not set
#
# On EKS nodes can pull without a secret (recommended; pullSecret.method: none):
# give the nodes' role the policy AmazonEC2ContainerRegistryPullOnly; see also conductor-registry presets ecr
#   aws iam attach-role-policy --role-name NODEROLE --policy-arn arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly

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
Need 'aws'

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

$workers_password = $env:WORKERS_REGISTRY_PASSWORD
$workers_password_before = $env:WORKERS_REGISTRY_PASSWORD
try {
  $env:WORKERS_REGISTRY_PASSWORD = $null # programs do not inherit it

  # Amazon ECR at 123456789012.dkr.ecr.us-east-1.amazonaws.com
  $user = 'AWS'
  $server_password = (aws ecr get-login-password --region us-east-1) -join "`n"
  if ($LASTEXITCODE -ne 0) { throw 'failed, see above: aws ecr get-login-password --region us-east-1' }
  $auths += Get-Entry '"123456789012.dkr.ecr.us-east-1.amazonaws.com"' $user $server_password
  $logins += '123456789012.dkr.ecr.us-east-1.amazonaws.com as ' + $user

  # Harbor at harbor.example.com
  $user = if ($env:WORKERS_REGISTRY_USERNAME) { $env:WORKERS_REGISTRY_USERNAME } else { Read-Host 'User name for Harbor at harbor.example.com (robot account, robot$PROJECT+NAME)' }
  if (-not $workers_password) { $workers_password = Read-Hidden 'Password for Harbor at harbor.example.com (secret of the robot account; with single sign-on your CLI secret)' }
  $auths += Get-Entry '"harbor.example.com"' $user $workers_password
  $logins += 'harbor.example.com as ' + $user

  $config = '{"auths":{' + ($auths -join ',') + '}}'
  $data = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($config))
  $namespaces = if ($env:NAMESPACE) { -split $env:NAMESPACE } else { 'conductor', 'staging' }
  foreach ($namespace in $namespaces) {
    if ($namespace -cnotmatch '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$') { throw "$namespace is not a valid namespace" }

    $found = kubectl get namespace $namespace --ignore-not-found --output name
    if ($LASTEXITCODE -eq 0 -and -not $found) { kubectl create namespace $namespace | ForEach-Object { Say $_ } }
    if ($LASTEXITCODE -ne 0) { Say "warning: cannot create namespace $namespace; trying to write the secret anyway" }

    # --server-side, because the client's apply keeps a second copy of the credentials in an annotation.
    $secret = '{"apiVersion":"v1","kind":"Secret","type":"kubernetes.io/dockerconfigjson","metadata":{"name":"' + 'registry-credentials' +
      '","namespace":"' + $namespace + '"},"data":{".dockerconfigjson":"' + $data + '"}}'
    $secret | kubectl apply --server-side --force-conflicts --namespace $namespace --filename '-' | Out-Null
    if ($LASTEXITCODE -ne 0) {
      throw 'kubectl could not write the secret; if a field is immutable, run this and try again: kubectl delete secret registry-credentials -n ' + $namespace
    }
    $written = if ($logins) { $logins -join ', ' } else { 'no credentials' }
    Say ('pull secret "registry-credentials" written to namespace "' + $namespace + '": ' + $written)
  }
  Say 'the credentials for 123456789012.dkr.ecr.us-east-1.amazonaws.com expire after 12 hours; run this again before then'
} finally {
  $env:WORKERS_REGISTRY_PASSWORD = $workers_password_before
  $auths = $config = $data = $secret = $server_password = $workers_password = $workers_password_before = $null
}
