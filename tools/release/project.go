package main

import (
	"fmt"
	"os"

	"sigs.k8s.io/yaml"
)

// project says where the program is published, as presets/project.yaml. Its fields are empty while there is no public
// home: what needs one is left out of the release then.
type project struct {
	URL             string `json:"url"`
	Image           string `json:"image"`
	SecurityContact string `json:"securityContact"`
}

func readProject(name string) (p project, err error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return p, err
	}
	if err := yaml.UnmarshalStrict(data, &p); err != nil {
		return p, fmt.Errorf("%s: %w", name, err)
	}
	return p, nil
}

// maintainer returns the authors, with the contact if there is one, as Linux packages name them.
func (p project) maintainer() string {
	if p.SecurityContact == "" {
		return "The " + program + " authors"
	}
	return "The " + program + " authors <" + p.SecurityContact + ">"
}
