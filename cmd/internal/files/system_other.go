//go:build !unix

package files

import (
	"io/fs"
	"os"
)

const nonBlocking = 0

// lockAlone reports false: leftovers of killed runs stay on this system.
func lockAlone(*os.File) bool { return false }

func lockShared(*os.File) {}

// keepOwner does nothing: a new file belongs to its folder's owner on this system.
func keepOwner(*os.File, fs.FileInfo) {}
