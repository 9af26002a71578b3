  # __where__
__user__
__password_steps__
  $auths += Get-Entry __key__ $user __password__
  $logins += __as__ + $user
