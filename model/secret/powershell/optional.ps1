  # __where__
__user__
  if (-not $user) {
    $logins += __no_login__
  } else {
__password_steps__
    $auths += Get-Entry __key__ $user __password__
    $logins += __as__ + $user
  }
