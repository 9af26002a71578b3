package images

import (
	"maps"
	"slices"

	mask "conductor-registry/model/redact"
	"conductor-registry/verify/program"
)

// DockerConfigFile describes a docker config without its credentials.
type DockerConfigFile struct {
	Path           string
	Hosts          []string // with credentials, sorted
	MissingHelpers []string // programs that it names and that are not in PATH
}

// ReadDockerConfig returns what the docker config of this machine has, the same file that DockerConfig uses; nil when
// there is none. It runs no helper.
func ReadDockerConfig() (*DockerConfigFile, error) {
	file, err := openDockerConfig()
	if err != nil || file == nil {
		return nil, err
	}
	out := &DockerConfigFile{Path: file.Filename}
	hosts, helpers := map[string]bool{}, map[string]bool{}
	for host := range file.AuthConfigs {
		hosts[mask.Text(host)] = true
	}
	for host, helper := range file.CredentialHelpers {
		hosts[mask.Text(host)], helpers[helper] = true, true
	}
	if file.CredentialsStore != "" {
		helpers[file.CredentialsStore] = true
	}
	out.Hosts = slices.Sorted(maps.Keys(hosts))
	for _, helper := range slices.Sorted(maps.Keys(helpers)) {
		if _, err := program.Find("", "docker-credential-"+helper, ""); err != nil {
			out.MissingHelpers = append(out.MissingHelpers, "docker-credential-"+helper)
		}
	}
	return out, nil
}
