  # __where__
  $auths += Get-DockerEntry __key__ __plain_key__
  $logins += __from_docker__
