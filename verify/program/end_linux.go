package program

import (
	"os/exec"
	"syscall"
)

// endTogether lets the program end when this process does, even by SIGKILL, and with it all programs that it starts.
func endTogether(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}
