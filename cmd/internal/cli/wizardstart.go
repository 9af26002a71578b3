package cli

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"conductor-registry/model/answers"
	"conductor-registry/model/chart"
	"conductor-registry/model/convert"
	"conductor-registry/model/plan"
	"conductor-registry/model/values"
	"conductor-registry/ui/session"
)

// wizardStart holds the answers and files that the wizard starts with.
type wizardStart struct {
	session.Session
	found   *session.Session // answers that exist already and that the user did not name
	offer   string           // the message about them
	offered session.Sources  // of the answers that exist already: the values file that they were read from
	sources session.Sources
}

// begin starts from answers: those of a file, those of an unfinished session, or none.
func (w wizardFlags) begin(file *sessionFile, in *answerInput) (wizardStart, error) {
	b := wizardStart{Session: session.Session{Answers: in.answers}}
	if w.fromFile || w.opens && !w.resume {
		return b, nil
	}
	found, err := file.load()
	switch {
	case !w.resume: // an unreadable one is reported only to those who ask for it
		b.found, b.offer = found, "unfinished session found; ctrl+r resumes it"
		if found == nil {
			b.found, b.offer = w.answersInFolder(), "answers.yaml found; ctrl+r opens it"
			b.offered.FromFolder = true
		}
		return b, nil
	case err != nil:
		return b, err
	case found == nil:
		return b, usage("no unfinished session for files in %q: start without --resume", w.out)
	}
	b.Session = *found
	return b, nil
}

// answersInFolder returns the answers.yaml of the output folder; nil when there is none that can be read.
func (w wizardFlags) answersInFolder() *session.Session {
	name := filepath.Join(w.out, "answers.yaml")
	data, err := w.streams.read(name)
	if err != nil {
		return nil
	}
	found, problems := answers.Decode(name, data)
	if len(problems) > 0 || presetsOf(name) != "" { // its presets are not loaded without --answers
		return nil
	}
	return &session.Session{Answers: found}
}

// namePresets makes the answers name the folder of presets that the wizard uses, relative to the file that it writes.
// The file can name one folder.
func (w wizardFlags) namePresets(a *answers.Answers) {
	if len(w.presets) == 1 {
		a.Set(answers.PresetsLeaf, inFolder(absolute(w.out), absolute(w.presets[0].Name)))
	}
}

// openFiles reads the values files to edit: the one of --values, or those that the answers name.
func (w wizardFlags) openFiles(catalog *answers.Catalog, b *wizardStart) (err error) {
	if !w.opens {
		folder := w.out
		if w.fromFile {
			folder = filepath.Dir(w.from)
		}
		if b.sources.Named, err = readBases(w.streams, b.Answers, folder, w.out); err != nil || b.found == nil {
			return err
		}
		offered, err := readBases(w.streams, b.found.Answers, w.out, w.out)
		if err != nil {
			b.found, b.offer = nil, "" // the user did not ask for them
		}
		maps.Copy(b.sources.Named, offered)
		return nil
	}
	profile := w.profile(catalog)
	given, sources, err := openValues(catalog, w.streams, w.values, profile)
	b.sources, b.sources.OpenedAs = sources, inFolder(w.out, w.values)
	if !w.resume {
		b.Answers, b.Page = given, answers.Review.Name()
	}
	return err
}

// profile returns the chart that the user named; nil for none.
func (w wizardFlags) profile(catalog *answers.Catalog) *chart.Profile {
	if w.chartGiven {
		return catalog.Charts.Default()
	}
	return nil
}

// offerValues offers the values.yaml of the output folder, when nothing else was named or found.
func (w wizardFlags) offerValues(catalog *answers.Catalog, b *wizardStart) {
	name := filepath.Join(w.out, "values.yaml")
	if b.found != nil || w.fromFile || w.resume || w.opens || len(b.Answers.Paths()) > 0 || !isFile(name) {
		return
	}
	given, sources, err := openValues(catalog, w.streams, name, w.profile(catalog))
	if err != nil || given == nil {
		b.offer = "values.yaml found, but it cannot be read; wizard --values values.yaml says why"
		return
	}
	sources.OpenedAs = "values.yaml"
	b.found = &session.Session{Answers: given, Page: answers.Review.Name()}
	b.offered, b.offer = sources, "values.yaml found: "+session.Describe(catalog, given, sources)
}

func isFile(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode().IsRegular()
}

// openValues returns the answers that an existing values file gives, and the file to edit. Profile is the chart of the
// file; nil for the one that its keys show.
func openValues(
	catalog *answers.Catalog, s Streams, name string, profile *chart.Profile,
) (*answers.Answers, session.Sources, error) {
	if name == "-" {
		return nil, session.Sources{}, usage("--values -: standard input cannot be changed; name a file")
	}
	data, err := s.read(name)
	if err != nil {
		return nil, session.Sources{}, exit{exitUsage, err}
	}
	file, err := values.Parse(values.Source{Name: shownName(name), Data: data})
	if err != nil {
		return nil, session.Sources{}, exit{exitFailure, err}
	}
	r := convert.Adopt(catalog, file, profile)
	if errs := r.Problems.Errors(); len(errs) > 0 {
		return nil, session.Sources{}, exit{exitUsage, errs}
	}
	opened := plan.Base{Name: name, Data: data, Into: filepath.Base(name)}
	return r.Answers, session.Sources{Opened: opened, Problems: r.Problems, Unread: r.Unread}, nil
}

// readBases reads the values files that answers name, relative to folder. In the answers it makes them relative to out,
// where the wizard writes answers.yaml.
func readBases(s Streams, given *answers.Answers, folder, out string) (map[string]plan.Base, error) {
	bases := map[string]plan.Base{}
	for _, path := range given.Paths() {
		if answers.ParsePath(path).Leaf != "base" {
			continue
		}
		name := filepath.Join(folder, given.Get(path))
		data, err := s.read(name)
		if err != nil {
			return nil, exit{exitUsage, err}
		}
		given.Set(path, inFolder(out, name))
		bases[given.Get(path)] = plan.Base{Name: name, Data: data}
	}
	return bases, nil
}

// inFolder returns a file's name relative to a folder, with slashes.
func inFolder(folder, name string) string {
	if from, err := filepath.Rel(folder, name); err == nil {
		name = from
	}
	return filepath.ToSlash(name)
}

// checkTerminal refuses to run without a terminal, and names the ways that need none.
func checkTerminal(s Streams) error {
	const instead = `
hint: line by line:      conductor-registry --accessible
hint: without questions: conductor-registry generate --answers answers.yaml
hint: with flags:        conductor-registry generate --registry-provider acr --registry-name myacr --dry-run`
	switch {
	case !s.InIsTerminal:
		return errors.New("standard input is not a terminal, and the wizard reads keys from it" + instead)
	case !s.ErrIsTerminal:
		return errors.New("standard error is not a terminal, and the wizard draws on it" + instead)
	case variable(s, "TERM") == "dumb":
		return errors.New("this terminal (TERM=dumb) cannot show the wizard" + instead)
	}
	return nil
}

// validateAnswers refuses answers that the wizard has no question for. All other mistakes can be fixed in it.
func validateAnswers(catalog *answers.Catalog, in *answerInput) error {
	if in.file == "" {
		return nil
	}
	if err := catalog.Load(); err != nil {
		return err
	}
	if problems := slices.Concat(in.problems, catalog.Unknown(in.answers, in.file)); len(problems) > 0 {
		return exit{exitUsage, problems}
	}
	return nil
}
