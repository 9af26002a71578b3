package plain_test

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"conductor-registry/model/answers"
	"conductor-registry/model/plan"
	"conductor-registry/presets/presetstest"
	"conductor-registry/ui/plain"
	"conductor-registry/ui/session"
)

// shelf is a Store in memory.
type shelf struct {
	files map[string]string
	fail  error
	wrote []string
}

func (s *shelf) Folder() string { return "." }

func (s *shelf) Read(name string) ([]byte, error) {
	if text, ok := s.files[name]; ok {
		return []byte(text), nil
	}
	return nil, nil
}

func (s *shelf) Write(files []plan.File) error {
	if s.fail != nil {
		return s.fail
	}
	for _, f := range files {
		if s.files[f.Name] != string(f.Replaces) {
			return fmt.Errorf("cannot write %s: it changed; %w", f.Name, session.ErrChanged)
		}
	}
	for _, f := range files {
		s.files[f.Name], s.wrote = string(f.Data), append(s.wrote, f.Name)
	}
	return nil
}

// conversation is one run: what was said, what was answered, and what came of it.
type conversation struct {
	t     *testing.T
	shelf *shelf
	said  string
	done  session.Delivery
	err   error
}

// talk answers with lines, which come all at once, as from a pipe. Files are those that are there already, name, text …
func talk(t *testing.T, o plain.Options, input string, files ...string) *conversation {
	t.Helper()
	c := &conversation{t: t, shelf: &shelf{files: map[string]string{}}}
	for i := 0; i < len(files); i += 2 {
		c.shelf.files[files[i]] = files[i+1]
	}
	return c.run(o, strings.NewReader(input))
}

func (c *conversation) run(o plain.Options, in io.Reader) *conversation {
	c.t.Helper()
	var said strings.Builder
	if o.Catalog == nil {
		o.Catalog = presetstest.Catalog(c.t)
	}
	o.Store, o.Echo = c.shelf, true
	if o.In = in; o.Talk == nil {
		o.Talk = &said
	}
	c.done, c.err = plain.Run(o)
	c.said = said.String()
	return c
}

// hears wants words in what was said.
func (c *conversation) hears(words ...string) *conversation {
	c.t.Helper()
	for _, word := range words {
		if !strings.Contains(c.said, word) {
			c.t.Errorf("no %q in\n%s", word, c.said)
		}
	}
	return c
}

// wrote wants exactly these files to have been written.
func (c *conversation) wrote(names ...string) *conversation {
	c.t.Helper()
	if got := strings.Join(c.shelf.wrote, " "); got != strings.Join(names, " ") {
		c.t.Errorf("wrote %q, want %q (%v)\n%s", got, names, c.err, c.said)
	}
	return c
}

// lines are an input, one answer a line.
func lines(typed ...string) string { return strings.Join(typed, "\n") + "\n" }

// azure are the answers for the guide's example of Azure, up to the go-ahead.
func azure(more ...string) string {
	return lines(append([]string{"", "acr", "myacr", "", "conductor/server", "conductor/workers", "latest", "", "", "", ""},
		more...)...)
}

// saved are answers to start from, path, value …
func saved(pairs ...string) *answers.Answers {
	a := answers.New()
	for i := 0; i < len(pairs); i += 2 {
		a.Set(pairs[i], pairs[i+1])
	}
	return a
}
