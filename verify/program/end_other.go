//go:build !unix

package program

import "os/exec"

// endTogether does nothing: Windows has no process groups that can be killed.
func endTogether(*exec.Cmd) {}
