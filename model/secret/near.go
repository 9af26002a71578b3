package secret

import (
	"slices"
	"strings"

	"conductor-registry/model/image"
)

// NearMisses returns the keys that look as if they were for the image and that the kubelet ignores, sorted: the host is
// the image's but for case, port, path or spaces, or they mean Docker Hub as the image does. Mismatch says what is
// wrong with each.
func NearMisses(keys []string, name string) []string {
	host, _, _ := strings.Cut(repository(name), "/")
	wanted, _, _ := image.SplitHostPort(strings.ToLower(host))
	var out []string
	for _, key := range keys {
		same := wanted != "" && bareHost(key) == wanted || host == "docker.io" && MeansDockerHub(key)
		if same && Mismatch(key, name) != "" {
			out = append(out, key)
		}
	}
	slices.Sort(out)
	return out
}

// bareHost returns the host that the author of a key had in mind: in lower case, without scheme, port and path.
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
