//go:build !unix

package files

import (
	"io/fs"
	"os"
	"time"
)

const nonBlocking = 0

// lockAlone reports false: leftovers of killed runs stay on this system.
func lockAlone(*os.File, time.Duration) bool { return false }

// fileID reports false: files are compared by their paths on this system.
func fileID(fs.FileInfo) (id [2]uint64, ok bool) { return id, false }

// keepOwner does nothing: a new file belongs to its folder's owner on this system.
func keepOwner(*os.File, fs.FileInfo) {}
