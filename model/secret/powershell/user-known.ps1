  $user = if ($env:__prefix__REGISTRY_USERNAME) { $env:__prefix__REGISTRY_USERNAME } else { __username__ }
