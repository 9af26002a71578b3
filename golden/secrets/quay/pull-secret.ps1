# Makes the pull secret quay-credentials in the namespace conductor, with the login to
#   Quay at quay.io
# Safe to run again: the secret is then replaced. Runs in Windows PowerShell 5.1 and PowerShell 7.
#
#   powershell -ExecutionPolicy Bypass -File pull-secret.ps1
#
# Variables:
#   NAMESPACE          where to, if not conductor; several with blanks between
#   REGISTRY_USERNAME  the robot account, NAMESPACE+ROBOT; asked if not set
#   REGISTRY_PASSWORD  the robot account's token; asked if not set
#
# Other programs get the password on their standard input only, never as an argument or in a file.

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

function Read-Hidden([string]$question) {
  $secure = Read-Host -AsSecureString $question
  (New-Object Management.Automation.PSCredential 'x', $secure).GetNetworkCredential().Password
}

$password = $env:REGISTRY_PASSWORD
$password_before = $env:REGISTRY_PASSWORD
try {
  $env:REGISTRY_PASSWORD = $null
  # Quay at quay.io
  $user = if ($env:REGISTRY_USERNAME) { $env:REGISTRY_USERNAME } else { Read-Host 'User name for Quay at quay.io (the robot account, NAMESPACE+ROBOT)' }
  if (-not $password) { $password = Read-Hidden 'Password for Quay at quay.io (the robot account''s token)' }
  $auths += Get-Entry '"quay.io"' $user $password
  $logins += 'quay.io as ' + $user

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
    $secret = '{"apiVersion":"v1","kind":"Secret","type":"kubernetes.io/dockerconfigjson","metadata":{"name":"' + 'quay-credentials' +
      '","namespace":"' + $namespace + '"},"data":{".dockerconfigjson":"' + $data + '"}}'
    $secret | kubectl apply --server-side --force-conflicts --namespace $namespace --filename '-' | ForEach-Object { Say $_ }
    if ($LASTEXITCODE -ne 0) { throw 'kubectl could not write the secret' }

    Say ('Wrote the pull secret quay-credentials in the namespace ' + $namespace + ': ' + ($logins -join ', '))
  }
} finally {
  $env:REGISTRY_PASSWORD = $password_before
  $auths = $config = $data = $secret = $password = $password_before = $null
}
