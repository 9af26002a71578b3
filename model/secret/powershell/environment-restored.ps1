  $env:__prefix__REGISTRY_PASSWORD = __password___before
