  __password__ = (__command__) -join "`n"
  if ($LASTEXITCODE -ne 0) { throw __failed__ }
