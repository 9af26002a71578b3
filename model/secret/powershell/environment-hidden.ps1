  $env:__prefix__REGISTRY_PASSWORD = $null
