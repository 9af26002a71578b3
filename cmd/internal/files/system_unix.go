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

// lockAlone locks a folder if no other process has locked it, and reports whether it did. It waits that long for another
// process. The lock ends with the process.
func lockAlone(folder *os.File, wait time.Duration) bool {
	for {
		err := syscall.Flock(int(folder.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if !errors.Is(err, syscall.EWOULDBLOCK) || wait <= 0 {
			return err == nil
		}
		time.Sleep(time.Millisecond)
		wait -= time.Millisecond
	}
}

// fileID identifies a file whatever its name: two names with the same ID are one file.
func fileID(info fs.FileInfo) (id [2]uint64, ok bool) {
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return id, false
	}
	return [2]uint64{uint64(stat.Dev), stat.Ino}, true //nolint:unconvert,nolintlint // the types differ between systems
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
