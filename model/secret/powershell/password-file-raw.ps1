  __password__ = [IO.File]::ReadAllText($file).TrimEnd("`n")
