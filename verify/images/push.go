package images

import (
	"errors"
	"net/http"
	"regexp"

	"github.com/google/go-containerregistry/pkg/v1/remote/transport"
)

// tagKept matches the words of registries that do not let a tag be written again: ECR, Harbor, Quay, Nexus, JFrog.
var tagKept = regexp.MustCompile(`(?i)immutab|cannot be (overwritten|updated|modified)|does not allow updating|overwrite`)

// ofPush returns the verdict on an error of writing, given the verdict that the same error of reading has.
func ofPush(err error, v verdict) verdict {
	answer, ok := errors.AsType[*transport.Error](err)
	if !ok {
		return v
	}
	switch code := answer.StatusCode; {
	case code >= http.StatusInternalServerError || v.id == rateLimited || v.id == everyoneRefused || v.id == notRegistry:
	case code == http.StatusRequestEntityTooLarge:
		v.id = uploadTooLarge
	case tagKept.MatchString(v.said):
		v.id = tagImmutable
	case code == http.StatusNotFound:
		v.id = repositoryMissing
	case v.id == accessDenied:
		v.id = pushDenied
	case v.id == registryFails:
		v.id = pushRefused
	}
	return v
}
