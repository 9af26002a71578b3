// Package convert moves the image and pull-secret settings of a values file elsewhere: to the keys of another chart
// version (Convert), to the answers that lead to them (Adopt), or to tags with digests (PinValues, PinAnswers). Each
// result is resolved again and compared with the original, and what differs is reported with the line of its key. The
// package knows no key of any chart, changes no other byte of a file, and never repeats credentials in a message.
package convert

import (
	"bytes"

	"conductor-registry/model"
	"conductor-registry/model/chart"
	"conductor-registry/model/values"
)

// Converted is a values file for another chart version.
type Converted struct {
	Data     []byte            // the new file; nil when Problems has errors
	Before   *chart.Resolution // of the old file, under the old chart
	After    *chart.Resolution // of the new file, under the new chart; nil when Problems has errors
	Problems model.Problems    // errors: nothing was converted; warnings: a setting is not carried over
}

// Convert rewrites a file that was written for one chart for another one. What the file leaves to the chart is not
// written.
func Convert(file *values.File, from, to *chart.Profile) *Converted {
	keys := newKeys(from, to)
	old := read(file, from, keys)
	out := &Converted{Before: old.resolution}
	if old.resolution.Error != nil {
		out.Problems = model.Problems{old.refusal("check which chart version the file was written for")}
		return out
	}
	c := &conversion{old: old, to: to, keys: keys}
	want := c.intent()
	converted, problems := apply(file, c.changes(want))
	if len(problems) > 0 {
		out.Problems = problems
		return out
	}
	c.new = read(converted, to, keys)
	if c.new.resolution.Error != nil {
		out.Problems = model.Problems{c.new.refusal("set these keys by hand")}
		return out
	}
	c.reportDifferences(want)
	c.reportOldProblems(want)
	c.reportRefusals()
	c.reportComments()
	c.reportRest()
	out.Data = append([]byte{}, converted.Data...) // an empty file is a result too
	if old, now := from.ValuesSchemaURL, to.ValuesSchemaURL; old != "" && now != "" {
		out.Data = bytes.Replace(out.Data, schemaKey(old), schemaKey(now), 1)
	}
	out.After, out.Problems = c.new.resolution, c.problems
	return out
}

// schemaKey returns the part of a line for editors that names a schema.
func schemaKey(url string) []byte { return []byte("$schema=" + url) }

// conversion is one run of Convert.
type conversion struct {
	old, new   *reading
	to         *chart.Profile
	keys       keys
	removed    []string // keys and mappings of the old file
	secretLost bool     // it is reported that the pull secret is not carried over
	problems   model.Problems
}

// isSameChart reports whether both charts read the same keys, so that there is nothing to write.
func (c *conversion) isSameChart() bool { return c.old.profile.ID == c.to.ID }

// report adds a problem with the line of its path in the old file.
func (c *conversion) report(p model.Problem) { c.problems = append(c.problems, c.old.locate(p)) }
