  $user = __username__
