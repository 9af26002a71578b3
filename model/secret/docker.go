package secret

import (
	"fmt"
	"slices"
)

// FromDockerConfig is the request with all logins taken from docker's configuration when the script runs: of each
// registry its own entry, and nothing else of the file. The error says why that can't be.
func (r Request) FromDockerConfig() (Request, error) {
	if r.byHelm() {
		return r, fmt.Errorf("with the method %s Helm wants user name and password, which docker's configuration has "+
			"in one; choose a method where kubectl makes the secret", r.Method)
	}
	r.Logins = slices.Clone(r.Logins)
	for i := range r.Logins {
		r.Logins[i].From, r.Logins[i].Anonymous = DockerConfig, false
	}
	return r, nil
}

// fromDocker tells whether the logins come from docker's configuration.
func (r Request) fromDocker() bool {
	return slices.ContainsFunc(r.Logins, func(l Login) bool { return l.From == DockerConfig })
}
