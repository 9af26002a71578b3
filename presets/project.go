package presets

import (
	"fmt"
	"net/url"
	"strings"

	"conductor-registry/model"
)

// Project says where this program is published. Its fields are empty while there is no public home.
type Project struct {
	URL             string `yaml:"url"`
	Image           string `yaml:"image"`
	SecurityContact string `yaml:"securityContact"`
}

// ReadProject returns the data of presets/project.yaml.
func ReadProject() (*Project, error) { return decode("project.yaml", DecodeProject) }

// DecodeProject decodes a project file. A URL must be https, without a slash at its end.
func DecodeProject(name string, data []byte) (*Project, error) {
	p := new(Project)
	if err := model.DecodeFile(name, data, p); err != nil {
		return nil, err
	}
	if p.URL == "" {
		return p, nil
	}
	if u, err := url.Parse(p.URL); err != nil || u.Scheme != "https" || u.Host == "" || strings.HasSuffix(p.URL, "/") {
		return nil, fmt.Errorf("%s: url %q: must be like https://github.com/example/conductor-registry", name, p.URL)
	}
	return p, nil
}

// Schemas returns the web address of the folder that serves the JSON Schemas, with a slash at its end, or "" while the
// project has no URL. GitHub and GitLab both serve the bytes of files below raw/main.
func (p *Project) Schemas() string {
	if p.URL == "" {
		return ""
	}
	return p.URL + "/raw/main/docs/"
}

// Page returns the web address of a file of the repository, such as docs/lint/moving-tag.md, or "" while the project has
// no URL. GitHub and GitLab both serve files below blob/main.
func (p *Project) Page(file string) string {
	if p.URL == "" {
		return ""
	}
	return p.URL + "/blob/main/" + file
}
