package cli

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"conductor-registry/cmd/internal/files"
	"conductor-registry/model/shell"
	"conductor-registry/ui/session"
)

// keeper keeps the answers of a wizard until all is written: a file for each folder that files go to, and for each
// values file that is opened in it. Without a home it keeps nothing.
type keeper struct {
	path   string
	again  string // the command that goes on
	mutex  sync.Mutex
	last   []byte // what was kept last
	closed bool
}

func newKeeper(s Streams, w wizardFlags) *keeper {
	state := stateFolder(s)
	if state == "" {
		return &keeper{}
	}
	about := absolute(w.out)
	if w.opens {
		about += "\n" + absolute(w.values)
	}
	sum := sha256.Sum256([]byte(about))
	return &keeper{path: filepath.Join(state, "conductor-registry", hex.EncodeToString(sum[:8])+".yaml"), again: w.again()}
}

// absolute is a path from the root, so that the same place has one name.
func absolute(path string) string {
	if full, err := filepath.Abs(path); err == nil {
		return full
	}
	return path
}

// stateFolder is where programs keep what is to outlive them: XDG_STATE_HOME, else ~/.local/state (XDG Base Directory
// Specification 0.8), on Windows the local application data; "" when there is no home.
func stateFolder(s Streams) string {
	if state := variable(s, "XDG_STATE_HOME"); filepath.IsAbs(state) {
		return state
	}
	if runtime.GOOS == "windows" {
		return variable(s, "LOCALAPPDATA")
	}
	if home := variable(s, "HOME"); home != "" {
		return filepath.Join(home, ".local", "state")
	}
	return ""
}

// Keep keeps answers in the place of those before.
func (k *keeper) Keep(data []byte) error {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	if k.closed || k.path == "" {
		return nil
	}
	k.last = data
	return files.Private(k.path, data)
}

// leave keeps what is left at the end, nil for what was kept last, and says how to go on with it.
func (k *keeper) leave(left []byte) string {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	k.closed = true
	if left == nil {
		left = k.last
	}
	if left == nil || k.path == "" {
		return ""
	}
	if err := files.Private(k.path, left); err != nil {
		return "\nyour answers can't be kept: " + err.Error()
	}
	files.Tidy(k.path)
	return "\nyour answers are kept; to go on: " + k.again
}

// again is the command that goes on with the answers of this one.
func (w wizardFlags) again() string {
	words := []string{"conductor-registry --resume"}
	for _, flag := range []struct {
		name, value string
		given       bool
	}{{"values", w.values, w.opens}, {"out", w.out, w.outGiven}, {"chart", w.chart, w.chartGiven}} {
		if flag.given {
			words = append(words, "--"+flag.name, shell.Quote(flag.value))
		}
	}
	if w.plainGiven {
		words = append(words, "--accessible")
	}
	return strings.Join(words, " ")
}

// done lets go of the answers: the files hold them now.
func (k *keeper) done() {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	k.closed = true
	if k.path != "" {
		files.RemovePrivate(k.path)
	}
}

// kept are the answers that were left; nil when there are none.
func (k *keeper) kept() (*session.Session, error) {
	data, err := os.ReadFile(k.path)
	if errors.Is(err, fs.ErrNotExist) || k.path == "" {
		return nil, nil
	}
	if err != nil {
		return nil, exit{exitFailure, err}
	}
	s, problems := session.Decode(k.path, data)
	if len(problems) > 0 {
		return nil, exit{exitUsage, problems}
	}
	return &s, nil
}
