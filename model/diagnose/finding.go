package diagnose

import (
	"strings"

	"conductor-registry/model"
)

// Finding is one cause with everything that it affects.
type Finding struct {
	model.Problem
	Namespace string   `json:"namespace"`
	Objects   []string `json:"objects"`          // pod/NAME and the like
	Images    []string `json:"images,omitempty"` // that are not pulled
	Said      string   `json:"said,omitempty"`   // in the cluster's words
	Steps     []Advice `json:"steps"`            // in the order to try
}

// Advice is one thing to do.
type Advice struct {
	What     string   `json:"what"`
	Commands []string `json:"commands,omitempty"` // lines for the shell; none when it is not done in one
}

// Brief returns the reason in what the cluster said.
func (f *Finding) Brief() string { return shorten(Message(f.Said)) }

// same reports whether two findings of a namespace have the same cause and the same steps.
func (f *Finding) same(other *Finding) bool {
	return f.Rule == other.Rule && f.Namespace == other.Namespace && f.Summary == other.Summary && f.Why == other.Why &&
		len(f.Steps) == len(other.Steps)
}

// join adds the objects and images of another finding, and its commands.
func (f *Finding) join(other *Finding) {
	f.Objects = model.AddNew(f.Objects, other.Objects...)
	f.Images = model.AddNew(f.Images, other.Images...)
	for i := range f.Steps {
		f.Steps[i].Commands = model.AddNew(f.Steps[i].Commands, other.Steps[i].Commands...)
	}
}

// inWords returns the steps on one line.
func inWords(steps []Advice) string {
	return strings.Join(model.Map(steps, func(a Advice) string { return a.What }), "; then ")
}
