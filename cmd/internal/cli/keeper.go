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
	"conductor-registry/model/secret"
	"conductor-registry/model/session"
)

// keeper keeps the answers of a wizard until all is written: a file for each folder that files go to. Without a home
// it keeps nothing.
type keeper struct {
	path   string
	again  string // the command that goes on
	mutex  sync.Mutex
	last   []byte // what was kept last
	closed bool
}

func newKeeper(s Streams, out, again string) *keeper {
	state, full := stateFolder(s), out
	if absolute, err := filepath.Abs(out); err == nil {
		full = absolute
	}
	if state == "" {
		return &keeper{}
	}
	sum := sha256.Sum256([]byte(full))
	return &keeper{path: filepath.Join(state, "conductor-registry", hex.EncodeToString(sum[:8])+".yaml"), again: again}
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
	if left == nil {
		left = k.last
	}
	if left == nil || k.path == "" {
		return ""
	}
	if err := k.Keep(left); err != nil {
		return "\nyour answers can't be kept: " + err.Error()
	}
	k.mutex.Lock()
	defer k.mutex.Unlock()
	k.closed = true
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
			words = append(words, "--"+flag.name, secret.Quote(flag.value))
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
