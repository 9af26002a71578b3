  $file = if ($env:__prefix__REGISTRY_KEY_FILE) { $env:__prefix__REGISTRY_KEY_FILE } else { Read-Host __question__ }
  if (-not (Test-Path -LiteralPath $file -PathType Leaf)) {
    throw "cannot read the key file $file; set __prefix__REGISTRY_KEY_FILE to its path"
  }
  $file = (Resolve-Path -LiteralPath $file).ProviderPath
