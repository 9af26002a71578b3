package chart

import (
	"slices"

	"conductor-registry/model"
)

// Entry holds the fields of a chart version that lists show.
type Entry struct {
	ID      string `yaml:"id" required:"true" doc:"what people write, such as 2.8"`
	Order   int    `yaml:"order" doc:"position in lists; the lowest number is the default"`
	Title   string `yaml:"title" doc:"the name in lists"`
	Summary string `yaml:"summary" doc:"one line on what sets this version apart"`
}

// Catalog lists the chart versions, the default first, and returns each in full. It is safe for concurrent use.
type Catalog struct {
	entries []Entry
	load    func(id string) (*Profile, error)
}

// NewCatalog returns a catalog of at least one entry. Load returns the profile of an entry and must cache it: Catalog
// calls it at every use.
func NewCatalog(entries []Entry, load func(id string) (*Profile, error)) *Catalog {
	return &Catalog{entries, load}
}

// Entries returns what lists show, in order.
func (c *Catalog) Entries() []Entry { return c.entries }

// IDs returns the ids of the entries, in order.
func (c *Catalog) IDs() []string {
	return model.Map(c.entries, func(e Entry) string { return e.ID })
}

// Default returns the profile for when no chart is named. A file that cannot be read gives an empty profile: commands
// call Load first, which returns the error.
func (c *Catalog) Default() *Profile {
	p, err := c.load(c.entries[0].ID)
	if err != nil {
		return new(Profile)
	}
	return p
}

// Release returns the profile for an id such as 2.8, or for a release such as 2.7.40; nil when there is none. The error
// is the reason why that release cannot be used, or a mistake in a profile's file.
func (c *Catalog) Release(version string) (*Profile, error) {
	ids := c.IDs()
	if slices.Contains(ids, version) { // no other profile needs decoding
		ids = []string{version}
	}
	for _, id := range ids {
		p, err := c.load(id)
		if err != nil {
			return nil, err
		}
		if found, known, err := p.Release(version); known {
			return found, err
		}
	}
	return nil, nil
}

// All returns every profile, in order. It leaves out files that cannot be read: commands call Load first, which returns
// the error.
func (c *Catalog) All() []*Profile {
	var out []*Profile
	for _, id := range c.IDs() {
		if p, err := c.load(id); err == nil {
			out = append(out, p)
		}
	}
	return out
}

// Load decodes every profile. The error names the file and line of a mistake.
func (c *Catalog) Load() error {
	for _, id := range c.IDs() {
		if _, err := c.load(id); err != nil {
			return err
		}
	}
	return nil
}

// With returns a catalog with p as its default, in place of the entry with the same id.
func (c *Catalog) With(p *Profile) *Catalog {
	others := slices.DeleteFunc(slices.Clone(c.entries), func(e Entry) bool { return e.ID == p.ID })
	return NewCatalog(append([]Entry{p.Entry}, others...), func(id string) (*Profile, error) {
		if id == p.ID {
			return p, nil
		}
		return c.load(id)
	})
}
