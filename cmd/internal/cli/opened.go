package cli

import (
	"maps"
	"path/filepath"

	"conductor-registry/model/answers"
	"conductor-registry/model/chart"
	"conductor-registry/model/convert"
	"conductor-registry/model/plan"
	"conductor-registry/model/values"
	"conductor-registry/ui/session"
)

// beginning is where the wizard starts.
type beginning struct {
	session.Session
	earlier *session.Session // answers of an earlier time that were not asked for
	offer   string           // what to say of them
	sources session.Sources
}

// begin starts from answers: those of a file, those that were left, or none.
func (w wizardFlags) begin(keep *keeper, given *given) (beginning, error) {
	b := beginning{Session: session.Session{Answers: given.answers}}
	if w.fromFile || w.opens && !w.resume {
		return b, nil
	}
	earlier, err := keep.kept()
	switch {
	case !w.resume: // unreadable ones are told to who asks for them
		b.earlier, b.offer = earlier, "answers were left here before; ctrl+r takes them up"
		if earlier == nil {
			b.earlier, b.offer = w.beside(), "answers.yaml is here; ctrl+r takes it up"
		}
		return b, nil
	case err != nil:
		return b, err
	case earlier == nil:
		return b, usage("no answers were left for files in %s: start without --resume", w.out)
	}
	b.Session = *earlier
	return b, nil
}

// beside are the answers that the folder for the files has already; nil when it has none that can be shown.
func (w wizardFlags) beside() *session.Session {
	name := filepath.Join(w.out, "answers.yaml")
	data, err := readFile(name, nil)
	if err != nil {
		return nil
	}
	given, problems := answers.Decode(name, data)
	if len(problems) > 0 {
		return nil
	}
	return &session.Session{Answers: given}
}

// openFiles reads the values files that the keys are to go into: the one to change, or those that the answers name.
func (w wizardFlags) openFiles(catalog lazyCatalog, b *beginning) (err error) {
	if !w.opens {
		folder := w.out
		if w.fromFile {
			folder = filepath.Dir(w.from)
		}
		if b.sources.Named, err = readBases(b.Answers, folder, w.out); err != nil || b.earlier == nil {
			return err
		}
		offered, err := readBases(b.earlier.Answers, w.out, w.out)
		if err != nil {
			b.earlier, b.offer = nil, "" // nobody has asked for them
		}
		maps.Copy(b.sources.Named, offered)
		return nil
	}
	if err := catalog.load(); err != nil {
		return err
	}
	var profile *chart.Profile
	if w.chartGiven {
		profile = catalog.Charts[0]
	}
	given, sources, err := openValues(catalog.Catalog, w.values, profile)
	b.sources, b.sources.As = sources, inFolder(w.out, w.values)
	if !w.resume {
		b.Answers = given
	}
	return err
}

// openValues takes up a values file that is there already: the answers that lead to what it gives, to be changed in it.
// Profile is the chart it is for; nil is the one that its keys tell.
func openValues(catalog *answers.Catalog, name string, profile *chart.Profile) (*answers.Answers, session.Sources, error) {
	if name == "-" {
		return nil, session.Sources{}, usage("--values -: a file is to be changed; name it")
	}
	data, err := readFile(name, nil)
	if err != nil {
		return nil, session.Sources{}, exit{exitUsage, err}
	}
	r, err := convert.Adopt(catalog, values.Source{Name: name, Data: data}, profile)
	if err != nil {
		return nil, session.Sources{}, exit{exitFailure, err}
	}
	if errs := r.Problems.Errors(); len(errs) > 0 {
		return nil, session.Sources{}, exit{exitUsage, errs}
	}
	opened := plan.Base{Name: name, Data: data, Into: filepath.Base(name)}
	return r.Answers, session.Sources{Opened: opened, Told: r.Problems}, nil
}

// readBases reads the values files that answers name, by paths from the folder of their file. In the answers they are
// named from the folder out then, where the wizard writes its own answers.
func readBases(given *answers.Answers, folder, out string) (map[string]plan.Base, error) {
	bases := map[string]plan.Base{}
	for _, path := range given.Paths() {
		if _, rest := answers.Split(path); rest != "base" {
			continue
		}
		name := filepath.Join(folder, given.Get(path))
		data, err := readFile(name, nil)
		if err != nil {
			return nil, exit{exitUsage, err}
		}
		given.Set(path, inFolder(out, name))
		bases[given.Get(path)] = plan.Base{Name: name, Data: data}
	}
	return bases, nil
}

// inFolder is how answers in a folder name a file.
func inFolder(folder, name string) string {
	if from, err := filepath.Rel(folder, name); err == nil {
		name = from
	}
	return filepath.ToSlash(name)
}
