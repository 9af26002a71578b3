package images

import "slices"

// Part is a part of an image name.
type Part string

// The parts that a registry can answer about.
const (
	HostPart       Part = "host"
	RepositoryPart Part = "repository"
	TagPart        Part = "tag"
)

// FailedPart returns the part of an image name that the cause of a failure is about: the parts before it were found, and
// nothing is known about those behind it. It is "" for causes about the credentials or the image itself.
func FailedPart(cause string) Part {
	switch {
	case cause == tagUnknown:
		return TagPart
	case cause == repositoryUnknown || cause == imageNotFound:
		return RepositoryPart
	case slices.Contains(networkCauses(), cause), slices.Contains([]string{notRegistry, proxyFailed, proxyRefused,
		redirectLoop, redirectedToHTTP, addressUnsafe, registryFails, everyoneRefused}, cause):
		return HostPart
	}
	return ""
}
