//go:build unix && !linux

package program

import (
	"os/exec"
	"syscall"
)

// endTogether lets all programs that the program starts end with it.
func endTogether(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}
