package secret

import (
	"fmt"
	"strings"

	"conductor-registry/model/image"
)

// KeyFor returns the key under auths to write for an image: its host, or Docker Hub's own key; "" for an invalid image
// name.
func KeyFor(name string) string {
	host := image.Host(name)
	if host == "docker.io" {
		return DockerHubKey
	}
	return host
}

// Mismatch returns why the kubelet ignores a key for an image; "" when the key matches.
func Mismatch(key, name string) string {
	if len(Lookup([]string{key}, name)) > 0 {
		return ""
	}
	kept, ok := kept(key)
	if !ok || strings.TrimSpace(key) != key {
		return "it is not a host, and is ignored"
	}
	want := repository(name)
	if want == "" {
		return "the image name is invalid"
	}
	host, _, _ := strings.Cut(want, "/")
	own, below, hasPath := strings.Cut(kept, "/")
	ownName, ownPort, _ := image.SplitHostPort(own)
	hostName, port, _ := image.SplitHostPort(host)
	switch {
	case image.MeansDockerHub(ownName) && host == "docker.io":
		return "the key for Docker Hub is " + DockerHubKey + " with the slash at its end, index.docker.io or docker.io"
	case strings.EqualFold(own, host) && own != host:
		return "upper and lower case differ"
	case ownName == hostName && ownPort != port:
		return fmt.Sprintf("the ports differ (%s, %s)", orNone(ownPort), orNone(port))
	case own == host && hasPath:
		return "the image's path does not begin with " + below
	case strings.Contains(ownName, "*"):
		return "a * matches one part between dots, and the parts do not match"
	}
	return "it is another host; the host of the image is " + host
}

// MeansDockerHub reports whether a key is meant for Docker Hub, whether it works or not.
func MeansDockerHub(key string) bool {
	kept, ok := kept(key)
	host, _, _ := strings.Cut(kept, "/")
	return ok && image.MeansDockerHub(host)
}

func orNone(port string) string {
	if port == "" {
		return "none"
	}
	return port
}
