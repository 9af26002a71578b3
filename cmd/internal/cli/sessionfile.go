package cli

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"conductor-registry/cmd/internal/files"
	"conductor-registry/model/shell"
	"conductor-registry/ui/session"
)

// sessionFile keeps the answers of an unfinished wizard: one file for each output folder, and for each values file opened
// in it. Without a home folder it keeps nothing.
type sessionFile struct {
	path   string
	resume string // the command that resumes it
	mutex  sync.Mutex
	last   []byte // what was written last
	closed bool
}

func newSessionFile(s Streams, w wizardFlags) *sessionFile {
	state := stateFolder(s)
	if state == "" {
		return &sessionFile{}
	}
	about := absolute(w.out)
	if w.opens {
		about += "\n" + absolute(w.values)
	}
	sum := sha256.Sum256([]byte(about))
	return &sessionFile{
		path:   filepath.Join(state, "conductor-registry", hex.EncodeToString(sum[:8])+".yaml"),
		resume: w.resumeCommand(),
	}
}

// absolute returns a path from the root, so that a folder has one name.
func absolute(path string) string {
	if full, err := filepath.Abs(path); err == nil {
		return full
	}
	return path
}

// stateFolder returns the folder for state of programs: XDG_STATE_HOME, else ~/.local/state (XDG Base Directory
// Specification 0.8), on Windows the local application data; "" without a home folder.
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

// Keep writes the answers over the earlier ones.
func (f *sessionFile) Keep(data []byte) error {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if f.closed || f.path == "" {
		return nil
	}
	f.last = data
	return files.Private(f.path, data)
}

// leave writes the answers at the end, nil for those written last, and returns how to resume.
func (f *sessionFile) leave(left []byte) string {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	f.closed = true
	if left == nil {
		left = f.last
	}
	if left == nil || f.path == "" {
		return ""
	}
	if err := files.Private(f.path, left); err != nil {
		return "\nyour answers cannot be saved: " + err.Error()
	}
	files.TidyPrivate(f.path)
	return "\nyour answers are saved; to resume: " + f.resume
}

// resumeCommand returns the command that resumes this wizard.
func (w wizardFlags) resumeCommand() string {
	words := []string{"conductor-registry --resume"}
	for _, flag := range []struct {
		name, value string
		given       bool
	}{{"values", w.values, w.opens}, {"out", w.out, w.outGiven}, {"chart", w.chart.path, w.chart.path != ""},
		{"profile", w.chart.profile, w.chart.profile != ""}} {
		if flag.given {
			words = append(words, "--"+flag.name, shell.Quote(flag.value))
		}
	}
	for _, folder := range w.presets {
		words = append(words, "--"+presetsFlag, shell.Quote(folder.Name))
	}
	if w.plainGiven {
		words = append(words, "--accessible")
	}
	return strings.Join(words, " ")
}

// remove removes the answers: the written files have them.
func (f *sessionFile) remove() {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	f.closed = true
	if f.path != "" {
		files.RemovePrivate(f.path)
	}
}

// load returns the answers of an unfinished session; nil when there is none.
func (f *sessionFile) load() (*session.Session, error) {
	data, err := files.Read(f.path)
	if errors.Is(err, fs.ErrNotExist) || f.path == "" {
		return nil, nil
	}
	if err != nil {
		return nil, exit{exitFailure, err}
	}
	s, problems := session.Decode(f.path, data)
	if len(problems) > 0 {
		return nil, exit{exitUsage, problems}
	}
	return &s, nil
}
