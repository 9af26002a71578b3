// Package session is a person's work with the questions, from the first answer to the written files: the draft and its
// history, the file it is resumed from, and what is written at the end. The wizard, the line prompts and generate share
// it. It opens no file: a Store does.
package session

import (
	"errors"
	"slices"

	"conductor-registry/model/plan"
	"conductor-registry/model/secret"
)

// Reader is a folder whose files are read.
type Reader interface {
	// Read returns the file's content; nil and no error when it does not exist.
	Read(name string) ([]byte, error)
	// Folder returns the folder as the user named it.
	Folder() string
}

// Store is the folder that files are written to.
type Store interface {
	Reader
	// Write writes all files or none. A file that it replaces is kept as NAME.bak. It returns an ErrChanged when a file is
	// not as plan.File.Replaces has it.
	Write(files []plan.File) error
}

// Delivery is a plan beside the files that exist already. Use Look.
type Delivery struct {
	Plan       *plan.Plan // of the files as they were decided about
	Files      []File     // all files to write, answers.yaml last
	Folder     string
	Redirected bool              // standard output is not a terminal
	Width      int               // of the terminal in cells, for the final message; 0 is unknown
	Colour     bool              // of the final message
	Mark       string            // before the final message; "" for none
	index      map[string]int    // of each file, by its name
	Results    map[string]Result // of the steps that were run, by NextStep.ID
	whole      *plan.Plan
	merged     *plan.Plan // into the values files that exist; nil when there are none
	draft      *Draft     // with the files as they were read
}

// ErrChanged is part of the error of a Store that writes nothing because a file has changed since it was read. Look reads
// it again.
var ErrChanged = errors.New("it is read again: check what changes, and write again")

// answersFile is the name of the file with the answers.
const answersFile = "answers.yaml"

// Look compares the plan of a draft with the files that exist. In a values file that exists only our keys change, unless
// the user decides otherwise. With redirected, standard output is not a terminal and takes the values, unless there are
// several environments. When a values file was opened to be changed, answers.yaml is left out (the values file gives the
// answers again) and a new pull-secret script is only offered (its secret exists most likely). The draft gets the
// files that its keys are written into as they are now.
func Look(d *Draft, store Store, redirected bool) Delivery {
	d.reread(store)
	p := d.Preview()
	out := Delivery{draft: d, Plan: p, whole: p, Folder: store.Folder(), Redirected: redirected, index: map[string]int{}}
	first := p.Environments[0]
	files, values, opened := p.Files(), first.FileName("values"), false
	for _, env := range p.Environments {
		opened = opened || env.Opened()
	}
	if !opened {
		files = append(files, plan.File{Name: answersFile, Data: p.Answers.EncodeWith(d.Catalog.SchemaURL), Mode: 0o644})
	}
	for _, f := range Compare(store, files) {
		if out.ToStdout() && f.Name == values {
			continue
		}
		f.Offered = opened && f.Name != values && f.Old == nil && first.Secret.Script == secret.Kubectl
		if source, ok := d.source(f.Base); ok && f.IsEdit() && f.Old != nil {
			f.Replaces = source.Data // which the keys were written into
		}
		f.Overwrite = f.Overwrite || f.isOwnScript() || f.Name == answersFile && d.sources.FromFolder
		out.index[f.Name] = len(out.Files)
		out.Files = append(out.Files, f)
	}
	out.offerMerges(d)
	return out
}

// offerMerges works out what each values file that exists becomes when only our keys change.
func (d *Delivery) offerMerges(draft *Draft) {
	existing := plan.Bases{}
	for _, env := range d.whole.Environments {
		if i := d.valuesOf(env); i >= 0 && d.Files[i].Differs() && !env.Opened() {
			draft.dropStaleFix(d.Files[i].Path, d.Files[i].Old)
			existing[env.Name] = plan.Base{Name: d.Files[i].Path, Data: d.Files[i].Old}
		}
	}
	if len(existing) == 0 {
		return
	}
	d.merged = draft.PreviewOnto(existing)
	for _, env := range d.merged.Environments {
		if _, exists := existing[env.Name]; !exists {
			continue
		}
		f := &d.Files[d.valuesOf(env)]
		if refused := env.EditRefused(); len(refused) > 0 {
			f.NoMerge = refused[0].Place() + refused[0].Summary
			continue
		}
		merged := f.whole
		merged.Data, merged.Base, merged.Edit = env.Values, env.Base.Name, true
		f.merged = &merged
		f.decide(Merge)
	}
	d.combine()
}

// Decide decides about a file, by its index.
func (d *Delivery) Decide(i int, decision Decision) {
	d.Files[i].decide(decision)
	d.combine()
}

// combine makes the plan of the files as they were decided about.
func (d *Delivery) combine() {
	if d.merged == nil {
		return
	}
	p := *d.whole
	p.Environments = slices.Clone(p.Environments)
	for n, env := range p.Environments {
		if d.isMerged(env) {
			p.Environments[n] = d.merged.Environments[n]
		}
	}
	d.Plan = &p
}

// isMerged reports whether an environment's keys are written into the values file that exists, or would be if that were
// not kept.
func (d *Delivery) isMerged(env *plan.Environment) bool {
	i := d.valuesOf(env)
	return i >= 0 && d.Files[i].merged != nil && d.Files[i].Edit
}

// valuesOf returns the index of an environment's values file; -1 when it goes to standard output.
func (d *Delivery) valuesOf(env *plan.Environment) int {
	if i, ok := d.index[env.FileName("values")]; ok {
		return i
	}
	return -1
}

// Bases returns the values files that exist and are edited, for Draft.BuildOnto.
func (d *Delivery) Bases() plan.Bases {
	out := plan.Bases{}
	for _, env := range d.Plan.Environments {
		if d.isMerged(env) {
			f := d.Files[d.valuesOf(env)]
			out[env.Name] = plan.Base{Name: f.Path, Data: f.Old}
		}
	}
	return out
}

// ToStdout reports whether the values go to standard output, which holds one file.
func (d *Delivery) ToStdout() bool { return d.Redirected && len(d.Plan.Environments) == 1 }

// StdoutValues returns the values for a redirected standard output; nil when they went to files.
func (d *Delivery) StdoutValues() []byte {
	if !d.ToStdout() {
		return nil
	}
	return d.Plan.Environments[0].Values
}

// Writing returns the files that are written.
func (d *Delivery) Writing() []plan.File { return Writing(d.Files) }

// Writing returns those of files that are written.
func Writing(files []File) []plan.File {
	var out []plan.File
	for _, f := range files {
		if f.Writes() {
			out = append(out, f.File)
		}
	}
	return out
}
