package session

import (
	"fmt"
	"slices"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/chart"
	"conductor-registry/model/plan"
	"conductor-registry/model/values"
)

// resolutionOnDisk returns what an environment's values file gives as it is on disk, and a remark when it was kept.
func (d *Delivery) resolutionOnDisk(e *plan.Environment) (r *chart.Resolution, remark string) {
	for _, f := range d.Files {
		if f.Name != e.FileName("values") || f.Err != nil || !d.wasKept(e) {
			continue
		}
		if kept, err := values.Load(values.Source{Name: f.Name, Data: f.Old}); err == nil {
			return e.Profile.Resolve(kept), "  (from the " + f.Name + " that was kept)"
		}
	}
	return e.Resolution, ""
}

// Image returns the image of a component, or why it has none.
func Image(r *chart.Resolution, component string) string {
	if r.Error != nil {
		return "none: the chart refuses these values"
	}
	return r.Components[component].Image
}

// filesText lists the files that were written, with their backups, those that were kept, and those that cannot be read.
func (d *Delivery) filesText() string {
	var written, kept, unreadable []string
	for _, f := range d.Files {
		switch {
		case f.Err != nil:
			unreadable = append(unreadable, f.Name)
		case f.Writes() && f.Old != nil:
			written = append(written, fmt.Sprintf("%s (backup: %s.bak)", f.Name, f.Name))
		case f.Writes():
			written = append(written, f.Name)
		case f.Differs():
			kept = append(kept, f.Name)
		}
	}
	lines := d.writtenText(written, len(kept)+len(unreadable) > 0)
	if len(unreadable) > 0 {
		lines = append(lines, "Not written, because it cannot be read: "+model.List(unreadable)+".")
	}
	if len(kept) > 0 {
		lines = append(lines, "Kept: "+model.List(kept)+".")
	}
	if slices.Contains(kept, answersFile) {
		lines = append(lines, "The answers.yaml that was kept does not give these files.")
	}
	return strings.Join(append(lines, d.stdoutText()...), "\n")
}

// writtenText returns a line about the files that were written; none where the values went only to standard output.
func (d *Delivery) writtenText(written []string, others bool) []string {
	switch {
	case len(written) > 0 && d.Folder != "." && d.Folder != "":
		return []string{"Wrote " + model.List(written) + " in " + d.Folder + "."}
	case len(written) > 0:
		return []string{"Wrote " + model.List(written) + "."}
	case others:
		return []string{"Nothing was written."}
	case d.ToStdout():
		return nil
	}
	return []string{"Nothing to write: all files exist already and match."}
}

// stdoutText returns a line about a redirected standard output; none when it is a terminal.
func (d *Delivery) stdoutText() []string {
	switch {
	case d.ToStdout():
		return []string{"The values went to standard output; the commands call that file " +
			d.Plan.Environments[0].FileName("values") + "."}
	case d.Redirected:
		return []string{"Nothing went to standard output: it can hold one environment only."}
	}
	return nil
}
