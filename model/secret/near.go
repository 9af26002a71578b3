package secret

import (
	"slices"
	"strings"

	"conductor-registry/model/image"
)

// Near are the keys that look as if they were for an image and that the kubelet passes by: their host is the image's
// but for case, port, path or blanks, or they mean Docker Hub as the image does. Why says what is wrong with each.
func Near(keys []string, name string) []string {
	host, _, _ := strings.Cut(repository(name), "/")
	wanted, _, _ := image.SplitHostPort(strings.ToLower(host))
	var out []string
	for _, key := range keys {
		same := wanted != "" && bareHost(key) == wanted || host == "docker.io" && MeansDockerHub(key)
		if same && Why(key, name) != "" {
			out = append(out, key)
		}
	}
	slices.Sort(out)
	return out
}

// bareHost is the host that whoever wrote the key had in mind: lower case, no scheme, no port and no path.
func bareHost(key string) string {
	key = strings.ToLower(strings.TrimSpace(key))
	if _, rest, found := strings.Cut(key, "://"); found {
		key = rest
	}
	key, _, _ = strings.Cut(strings.TrimLeft(key, "/"), "/")
	key = key[strings.LastIndexByte(key, '@')+1:] // the kubelet drops a user too
	name, _, _ := image.SplitHostPort(key)
	return name
}
