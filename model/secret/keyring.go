package secret

import (
	"net/url"
	"path"
	"slices"
	"strings"

	"conductor-registry/model/image"
)

// The rules of this file are those of k8s.io/kubernetes/pkg/credentialprovider (keyring.go, v1.37.2).

// DockerHubKey is the key under auths for Docker Hub, in every tool, including its slash.
const DockerHubKey = "https://index.docker.io/v1/"

// defaultHost is the host of DockerHubKey: the kubelet falls back to it for images of Docker Hub.
const defaultHost = "index.docker.io"

// Lookup returns the keys under auths whose credentials the kubelet tries for an image, in its order. An image that
// cannot be parsed has none.
func Lookup(keys []string, imageName string) []string {
	name := repository(imageName)
	if name == "" {
		return nil
	}
	byIndex := map[string][]string{}
	var index, fallback []string
	for _, key := range keys {
		if kept, ok := kept(key); ok {
			index = append(index, kept)
			byIndex[kept] = append(byIndex[kept], key)
		}
	}
	slices.Sort(index)
	var out []string
	for _, kept := range slices.Backward(slices.Compact(index)) {
		if matches(kept, name) {
			out = append(out, byIndex[kept]...)
		}
		if kept == defaultHost && fallsBack(name) {
			fallback = byIndex[kept]
		}
	}
	if len(out) == 0 {
		return fallback
	}
	return out
}

// fallsBack reports whether the kubelet tries the credentials of Docker Hub for a name without credentials of its own:
// for Docker Hub, and for each host without a dot and a port, which it takes for a user of Docker Hub.
func fallsBack(name string) bool {
	host, _, _ := strings.Cut(name, "/")
	return host == "docker.io" || host == defaultHost || !strings.ContainsAny(host, ".:")
}

// repository returns an image name as the kubelet looks it up: with its host, without tag and digest; "" for an invalid
// name.
func repository(name string) string {
	ref, err := image.Parse(name)
	if err != nil {
		return ""
	}
	return ref.Host + "/" + ref.Repository
}

// kept returns a key as the kubelet keeps it: without scheme, and without an API version at the start of its path. It
// reports false for a key that is not a URL, which the kubelet ignores.
func kept(key string) (string, bool) {
	if !strings.HasPrefix(key, "https://") && !strings.HasPrefix(key, "http://") {
		key = "https://" + key
	}
	parsed, err := url.Parse(key)
	if err != nil {
		return "", false
	}
	below := parsed.Path
	if strings.HasPrefix(below, "/v1/") || strings.HasPrefix(below, "/v2/") {
		below = below[len("/v1"):]
	}
	if below == "/" {
		below = ""
	}
	return parsed.Host + below, true
}

// matches reports whether a key has the same port and as many labels as the image, each label matched as a glob, and a
// path that the path of the image starts with.
func matches(kept, name string) bool {
	key, err := url.Parse("https://" + kept)
	if err != nil {
		return false
	}
	host, below, _ := strings.Cut(name, "/")
	keyName, keyPort := splitPort(key.Host)
	hostName, port := splitPort(host)
	globs, labels := strings.Split(keyName, "."), strings.Split(hostName, ".")
	if keyPort != port || len(globs) != len(labels) || !strings.HasPrefix("/"+below, key.Path) {
		return false
	}
	for i, glob := range globs {
		if ok, err := path.Match(glob, labels[i]); err != nil || !ok {
			return false
		}
	}
	return true
}

// splitPort splits a host as net.SplitHostPort does: an IPv6 address with a port loses its brackets, one without keeps
// them.
func splitPort(host string) (name, port string) {
	name, port, hasPort := image.SplitHostPort(host)
	if inner, ok := strings.CutPrefix(name, "["); ok && hasPort {
		name = strings.TrimSuffix(inner, "]")
	}
	return name, port
}
