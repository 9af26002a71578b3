// Package adopt finds the answers that lead to what a values file gives the pods already: the way back from a file to
// the questions. It gives no answer that it has not built again and compared, and tells each thing that no answer can
// say. It knows no provider and no key of any chart, and never repeats a login.
package convert

import (
	"fmt"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/chart"
	"conductor-registry/model/values"
)

// Adopted is what the answers are, and what is to be known of them.
type Adopted struct {
	Answers    *answers.Answers  // nil when Problems have errors; what no answer can say is left unanswered
	Profile    *chart.Profile    // the chart that the file is for
	Keys       []string          // the keys that told the chart; none when it was named or assumed
	Resolution *chart.Resolution // what the file gives the pods now
	Problems   model.Problems    // errors: no answers; warnings: it is not carried over; infos: worth knowing
}

// Adopt finds the answers for a values file. Profile is the chart that it is for; nil is the one that its keys tell.
// The error says that it is no YAML; it is a *values.ParseError.
func Adopt(catalog *answers.Catalog, source values.Source, profile *chart.Profile) (*Adopted, error) {
	a := &adoption{catalog: catalog, source: source, answers: answers.New(), origins: map[string]string{},
		lost: map[string]bool{}, result: &Adopted{Profile: profile}}
	if err := a.read(); err != nil {
		return nil, err
	}
	if refused := a.file.Resolution.Error; refused != nil {
		a.tell(model.Problem{Rule: "values-refused", Severity: model.Error, File: source.Name,
			Summary: fmt.Sprintf("chart %s refuses these values: %s", a.result.Profile.Version, refused.Message),
			Fix:     "is the file for another chart version?"})
		return a.result, nil
	}
	a.images()
	a.settings()
	a.pullSecret()
	a.prove()
	a.notes()
	a.result.Answers = a.answers
	return a.result, nil
}

// adoption is one run of Adopt.
type adoption struct {
	catalog *answers.Catalog
	source  values.Source
	file    *Reading
	answers *answers.Answers
	origins map[string]string // the key of the file behind each answer
	lost    map[string]bool   // what is told not to be carried over: server.image, workers.tag, pullSecret
	result  *Adopted
}

// read reads the file as its chart takes it.
func (a *adoption) read() error {
	r := a.result
	if r.Profile == nil {
		if err := a.guess(); err != nil {
			return err
		}
	}
	var err error
	if a.file, err = Read(a.source, r.Profile); err != nil {
		return err
	}
	r.Resolution = a.file.Resolution
	id := r.Profile.ID
	if known, err := a.catalog.Chart(id); err != nil || known.Version != r.Profile.Version {
		id = r.Profile.Version
	}
	a.answers.Set("chart", id)
	return nil
}

// set answers a question, unless that is no answer to it: the error says why.
func (a *adoption) set(path, value, origin string) error {
	f, err := a.catalog.Field(a.answers, path)
	if err == nil {
		err = f.Check(value)
	}
	if err == nil {
		a.answers.Set(path, value)
		a.origins[path] = origin
	}
	return err
}

// tell adds a problem, with the place of its path in the file.
func (a *adoption) tell(p model.Problem) {
	if file, line := a.file.Values.Position(p.Path); line > 0 {
		p.File, p.Line = file, line
	} else if p.Path = ""; p.File == "" {
		p.File = a.source.Name
	}
	a.result.Problems = append(a.result.Problems, p)
}

// lose tells once that a thing is not carried over. What is its name in lost.
func (a *adoption) lose(what, origin, summary string, why error) {
	if a.lost[what] {
		return
	}
	a.lost[what] = true
	p := model.Problem{Rule: "not-adopted", Severity: model.Warning, Path: origin, Summary: summary,
		Fix: "answer it anew"}
	if why != nil {
		p.Why = why.Error()
	}
	a.tell(p)
}
