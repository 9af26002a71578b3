//go:build unix

package cli

import (
	"bytes"
	"fmt"
	"os"
	"strconv"

	"golang.org/x/sys/unix"
)

// canSuspend reports whether a shell with job control can resume this process: its process group is not orphaned, that
// is, an ancestor in the same session and in another group waits for it (POSIX.1-2024, 3.242). `tmux new PROGRAM`,
// `docker run -it` and `ssh -t HOST PROGRAM` have none.
func canSuspend() bool {
	group := unix.Getpgrp()
	session, err := unix.Getsid(0)
	if err != nil {
		return false
	}
	for parent := os.Getppid(); parent > 0; parent = parentOf(parent) {
		if its, err := unix.Getsid(parent); err != nil || its != session {
			return false
		}
		if its, err := unix.Getpgid(parent); err != nil || its != group {
			return err == nil
		}
	}
	return false
}

// parentOf returns the parent of another process; 0 where /proc does not say it.
func parentOf(process int) int {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", process))
	if err != nil {
		return 0
	}
	fields := bytes.Fields(stat[bytes.LastIndexByte(stat, ')')+1:]) // the name before can contain spaces
	if len(fields) < 2 {
		return 0
	}
	parent, _ := strconv.Atoi(string(fields[1]))
	return parent
}
