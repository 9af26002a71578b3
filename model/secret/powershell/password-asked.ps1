  if (-not __password__) { __password__ = Read-Hidden __question__ }
