// Package keyring picks a login of a pull secret for an image as the kubelet does, and says why a key that looks right
// is passed by. It knows keys only, never the logins behind them.
//
// The rules are those of k8s.io/kubernetes/pkg/credentialprovider (keyring.go, v1.37.2).
package secret

import (
	"net/url"
	"path"
	"slices"
	"strings"

	"conductor-registry/model/image"
)

// DockerHubKey is the key under auths that every tool knows Docker Hub by, its slash included.
const DockerHubKey = "https://index.docker.io/v1/"

// defaultHost is the host of DockerHubKey: the kubelet falls back on it for images of Docker Hub.
const defaultHost = "index.docker.io"

// Lookup are the keys under auths whose logins the kubelet tries for an image, in its order. An image that cannot be
// parsed has none.
func Lookup(keys []string, image string) []string {
	name := repository(image)
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
		if kept == defaultHost && strings.HasPrefix(name, "docker.io/") {
			fallback = byIndex[kept]
		}
	}
	if len(out) == 0 {
		return fallback
	}
	return out
}

// repository is an image as the kubelet looks it up: with its host, without tag and digest. It is "" for what is no
// image name.
func repository(name string) string {
	ref, err := image.Parse(name)
	if err != nil {
		return ""
	}
	return ref.Host + "/" + ref.Repository
}

// kept is a key as the kubelet keeps it: without scheme, and without an API version in front of its path. Keys that are
// no URL are ignored.
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

// matches wants the same port, as many labels, each of them matched as a glob, and the key's path at the start of the
// image's.
func matches(kept, name string) bool {
	key, err := url.Parse("https://" + kept)
	if err != nil {
		return false
	}
	host, below, _ := strings.Cut(name, "/")
	keyName, keyPort, _ := image.SplitHostPort(key.Host)
	hostName, port, _ := image.SplitHostPort(host)
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
