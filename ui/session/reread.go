package session

import (
	"bytes"
	"maps"
	"path/filepath"

	"conductor-registry/model/plan"
)

// reread takes the files that keys are written into as they are now. Fixes of a file that has changed are dropped: they
// would undo the change.
func (d *Draft) reread(store Store) {
	d.sources.Opened = fresh(d.sources.Opened, store)
	named := map[string]plan.Base{}
	for name, base := range d.sources.Named {
		named[name] = fresh(base, store)
	}
	d.sources.Named = named
	d.dropStaleFixes()
}

// fresh returns a file as it is in the store now, as far as it can be read.
func fresh(base plan.Base, store Store) plan.Base {
	name, err := filepath.Rel(store.Folder(), base.Name)
	if base.Name == "" || err != nil {
		return base
	}
	if now, err := store.Read(name); err == nil && now != nil {
		base.Data = now
	}
	return base
}

// source returns the file of a name that keys are written into.
func (d *Draft) source(name string) (plan.Base, bool) {
	if opened := d.sources.Opened; opened.Name == name && name != "" {
		return opened, true
	}
	for _, base := range d.sources.Named {
		if base.Name == name {
			return base, true
		}
	}
	return plan.Base{}, false
}

func (d *Draft) dropStaleFixes() {
	for name := range d.edited {
		if base, ok := d.source(name); ok {
			d.dropStaleFix(name, base.Data)
		}
	}
}

// dropStaleFix drops the fixes of a file that were made before it changed.
func (d *Draft) dropStaleFix(name string, now []byte) {
	if e, ok := d.edited[name]; ok && !bytes.Equal(e.before, now) {
		d.edited = maps.Clone(d.edited)
		delete(d.edited, name)
	}
}

// Reread takes over the files as a look at a snapshot of the draft has read them.
func (d *Draft) Reread(look Delivery) {
	if look.draft == nil {
		return
	}
	d.sources.Opened.Data, d.sources.Named = look.draft.sources.Opened.Data, look.draft.sources.Named
	d.dropStaleFixes()
	for _, f := range look.Files {
		if _, isSource := d.source(f.Path); !isSource && f.Old != nil {
			d.dropStaleFix(f.Path, f.Old)
		}
	}
}
