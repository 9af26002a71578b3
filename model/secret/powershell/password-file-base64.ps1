  __password__ = [Convert]::ToBase64String([IO.File]::ReadAllBytes($file))
