  user=${__prefix__REGISTRY_USERNAME:-__username__}
