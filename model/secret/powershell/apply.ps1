  $config = '{"auths":{' + ($auths -join ',') + '}}'
  $data = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($config))
  $namespaces = if ($env:NAMESPACE) { -split $env:NAMESPACE } else { __namespaces__ }
  foreach ($namespace in $namespaces) {
    if ($namespace -cnotmatch '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$') { throw "no namespace can be called $namespace" }

    # Who may not see or make namespaces may still be allowed to write the secret: kubectl apply will tell.
    $found = kubectl get namespace $namespace --ignore-not-found --output name
    if ($LASTEXITCODE -eq 0 -and -not $found) { kubectl create namespace $namespace | ForEach-Object { Say $_ } }
    if ($LASTEXITCODE -ne 0) { Say "warning: could not make sure that there is a namespace $namespace; going on" }

    # --server-side, because the client's apply keeps a second copy of the login in an annotation.
    $secret = '{"apiVersion":"v1","kind":"Secret","type":"kubernetes.io/dockerconfigjson","metadata":{"name":"' + __name__ +
      '","namespace":"' + $namespace + '"},"data":{".dockerconfigjson":"' + $data + '"}}'
    $secret | kubectl apply --server-side --force-conflicts --namespace $namespace --filename '-' | ForEach-Object { Say $_ }
    if ($LASTEXITCODE -ne 0) { throw 'kubectl could not write the secret' }

    Say (__wrote__ + $namespace + ': ' + ($logins -join ', '))
  }
