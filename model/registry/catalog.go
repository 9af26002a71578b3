package registry

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"conductor-registry/model"
)

// Catalog is all presets, in the order of lists. A preset is read in full when it is first asked for. It may be used by
// several goroutines.
type Catalog struct {
	entries []Entry
	open    []func() (*Preset, error)
}

// Source is where a preset comes from: its entry, and how to read the rest.
type Source struct {
	Entry
	Open func() (*Preset, error)
}

// NewCatalog holds the presets of sources in their order. The last one takes every host that no other knows.
func NewCatalog(sources []Source) *Catalog {
	c := &Catalog{}
	for _, s := range sources {
		c.entries = append(c.entries, s.Entry)
		c.open = append(c.open, sync.OnceValues(s.Open))
	}
	return c
}

// Presets is what lists show, in order. Preset gives one in full.
func (c *Catalog) Presets() []Entry { return c.entries }

// Preset is the preset with that id, in full.
func (c *Catalog) Preset(id string) (*Preset, bool) {
	i := slices.IndexFunc(c.entries, func(e Entry) bool { return e.ID == id })
	if i < 0 {
		return nil, false
	}
	p, err := c.open[i]()
	return p, err == nil
}

// All is every preset in full, in order. The error says which one can't be read, and why.
func (c *Catalog) All() ([]*Preset, error) {
	var out []*Preset
	for i, open := range c.open {
		p, err := open()
		if err != nil {
			return nil, fmt.Errorf("preset %s: %w", c.entries[i].ID, err)
		}
		out = append(out, p)
	}
	return out, nil
}

// Suggest is the id that was meant by one that is not known, or "": by keyword (azure is acr), else by spelling.
func (c *Catalog) Suggest(id string) string {
	word := strings.ToLower(strings.TrimSpace(id))
	var ids, words []string
	byWord := map[string]string{}
	for _, e := range c.entries {
		ids = append(ids, e.ID)
		for _, keyword := range e.Keywords {
			if _, taken := byWord[keyword]; !taken {
				byWord[keyword] = e.ID
				words = append(words, keyword)
			}
		}
	}
	if id, ok := byWord[word]; ok {
		return id
	}
	if near := model.Nearest(word, ids); near != "" {
		return near
	}
	return byWord[model.Nearest(word, words)]
}

// ForHost is the first preset that knows host, else the last one. It is nil for an empty catalog.
func (c *Catalog) ForHost(host string) *Preset {
	var last *Preset
	for _, e := range c.entries {
		p, ok := c.Preset(e.ID)
		if !ok {
			continue
		}
		if last = p; p.MatchesHost(host) {
			break
		}
	}
	return last
}
