package secret

import (
	"fmt"
	"strings"

	"conductor-registry/model/image"
)

// KeyFor is the key to write for an image: its host, or Docker Hub's own key. It is "" for what is no image name.
func KeyFor(name string) string {
	host := image.Host(name)
	if host == "docker.io" {
		return DockerHubKey
	}
	return host
}

// Why says why the kubelet passes a key by for an image: what it does with the key, or what differs. It is "" when the
// key matches.
func Why(key, name string) string {
	if len(Lookup([]string{key}, name)) > 0 {
		return ""
	}
	kept, ok := kept(key)
	if !ok || strings.TrimSpace(key) != key {
		return "it is no host, and is ignored"
	}
	want := repository(name)
	if want == "" {
		return "the image is no image name"
	}
	host, _, _ := strings.Cut(want, "/")
	own, below, hasPath := strings.Cut(kept, "/")
	ownName, ownPort, _ := image.SplitHostPort(own)
	hostName, port, _ := image.SplitHostPort(host)
	switch {
	case dockerHub(ownName) && host == "docker.io":
		return "Docker Hub is known by " + DockerHubKey + " only, with the slash at its end"
	case strings.EqualFold(own, host) && own != host:
		return "upper and lower case differ, and they count"
	case ownName == hostName && ownPort != port:
		return fmt.Sprintf("the ports differ (%s, %s), and they must be the same", orNone(ownPort), orNone(port))
	case own == host && hasPath:
		return "the image's path does not begin with " + below
	case strings.Contains(ownName, "*"):
		return "a * stands for one part between dots, and the parts do not match"
	}
	return "it is another host: the image's is " + host
}

// dockerHub tells the names that people take for Docker Hub's registry.
func dockerHub(host string) bool {
	return host == "docker.com" || strings.HasSuffix(host, ".docker.com") || host == "docker.io" ||
		strings.HasSuffix(host, ".docker.io")
}

// MeansDockerHub tells whether a key is meant for Docker Hub, whether it works or not.
func MeansDockerHub(key string) bool {
	kept, ok := kept(key)
	host, _, _ := strings.Cut(kept, "/")
	return ok && dockerHub(host)
}

func orNone(port string) string {
	if port == "" {
		return "none"
	}
	return port
}
