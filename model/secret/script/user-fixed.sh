  user=__username__
