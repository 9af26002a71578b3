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
