//go:build unix

package files

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
	"time"
)

// nonBlocking opens a named pipe without waiting for a writer.
const nonBlocking = syscall.O_NONBLOCK

// lockAlone locks a folder if no other process has locked it, and reports whether it did. The lock ends with the process.
func lockAlone(folder *os.File) bool {
	return flock(folder, syscall.LOCK_EX) == nil
}

// lockShared locks a folder beside others that share it. It waits for another run that looks for leftovers, which takes
// milliseconds, but not for other programs.
func lockShared(folder *os.File) {
	const attempts = 200
	for range attempts {
		if !errors.Is(flock(folder, syscall.LOCK_SH), syscall.EWOULDBLOCK) {
			return
		}
		time.Sleep(time.Millisecond)
	}
}

func flock(file *os.File, how int) error {
	return syscall.Flock(int(file.Fd()), how|syscall.LOCK_NB)
}

// keepOwner gives a file the owner and group of another one, as far as the process may: root may, others may not.
func keepOwner(file *os.File, as fs.FileInfo) {
	owner, ok := as.Sys().(*syscall.Stat_t)
	if !ok {
		return
	}
	if own, err := file.Stat(); err == nil {
		if now, ok := own.Sys().(*syscall.Stat_t); ok && now.Uid == owner.Uid && now.Gid == owner.Gid {
			return
		}
	}
	if file.Chown(int(owner.Uid), int(owner.Gid)) != nil {
		_ = file.Chown(-1, int(owner.Gid))
	}
}
