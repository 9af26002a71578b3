__password__ = $env:__prefix__REGISTRY_PASSWORD
__password___before = $env:__prefix__REGISTRY_PASSWORD
