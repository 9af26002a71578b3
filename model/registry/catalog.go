package registry

import (
	"slices"
	"strings"

	"conductor-registry/model"
)

// Catalog lists presets and returns each in full. It is safe for concurrent use.
type Catalog struct {
	entries []Entry
	load    func(id string) (*Preset, error)
}

// NewCatalog returns a catalog of entries in their order. The last one is used for hosts that no preset recognises.
// Load returns the preset of an entry and must cache it: Catalog calls it at every use.
func NewCatalog(entries []Entry, load func(id string) (*Preset, error)) *Catalog {
	return &Catalog{entries, load}
}

// Entries returns what lists show, in order.
func (c *Catalog) Entries() []Entry { return c.entries }

// Preset returns the preset with that id, and false when there is none. A file that cannot be read counts as none:
// commands call All first, which returns the error.
func (c *Catalog) Preset(id string) (*Preset, bool) {
	if !slices.ContainsFunc(c.entries, func(e Entry) bool { return e.ID == id }) {
		return nil, false
	}
	p, err := c.load(id)
	return p, err == nil
}

// All returns every preset in full, in order. The error names the file and line of a mistake.
func (c *Catalog) All() ([]*Preset, error) {
	var out []*Preset
	for _, e := range c.entries {
		p, err := c.load(e.ID)
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}

// Suggest returns the id that an unknown one probably means, or "": by keyword (azure is acr), then by spelling.
func (c *Catalog) Suggest(id string) string {
	word := strings.ToLower(strings.TrimSpace(id))
	var ids, keywords []string
	byKeyword := map[string]string{}
	for _, e := range c.entries {
		ids = append(ids, e.ID)
		for _, keyword := range e.Keywords {
			if _, taken := byKeyword[keyword]; !taken {
				byKeyword[keyword] = e.ID
				keywords = append(keywords, keyword)
			}
		}
	}
	if id, ok := byKeyword[word]; ok {
		return id
	}
	if near := model.Nearest(word, ids); near != "" {
		return near
	}
	return byKeyword[model.Nearest(word, keywords)]
}

// ForHost returns the first preset that recognises host, else the last preset. It returns nil for an empty catalog.
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
