__saved__
try {
__hidden__
__calls__

__apply__
__expiry__
} finally {
__restored__
  __forget__ = $null
}
