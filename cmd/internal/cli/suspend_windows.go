package cli

// canSuspend returns false: Windows has no job control.
func canSuspend() bool { return false }
