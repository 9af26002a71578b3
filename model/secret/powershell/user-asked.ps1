  $user = if ($env:__prefix__REGISTRY_USERNAME) { $env:__prefix__REGISTRY_USERNAME } else { Read-Host __question__ }
