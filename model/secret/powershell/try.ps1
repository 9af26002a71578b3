__saved__
try {
__clear__
__calls__

__apply__
__expiry__
} finally {
__restore__
  __forget__ = $null
}
