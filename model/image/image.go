// Package image checks image references as the kubelet reads them and splits them into their parts. It never contacts a
// registry.
//
// The grammar is that of github.com/distribution/reference, which the kubelet and containerd use.
package image

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/distribution/reference"
)

// MaxRepository is the longest repository path in characters, without the host (distribution/reference).
const MaxRepository = 255

// Check returns an error unless the kubelet can parse ref, a whole image name such as
// "myacr.azurecr.io/conductor/server:5.2.42". Pods with an image that it cannot parse stay in InvalidImageName.
func Check(ref string) error {
	if HasLogin(ref) {
		return ErrLogin
	}
	if scheme, _, found := strings.Cut(ref, "://"); found {
		return fmt.Errorf("an image name must not have a scheme: remove %s://", scheme)
	}
	_, err := Parse(ref)
	return err
}

// CheckTag returns an error unless tag is valid: "5.2.42", or "5.2.42@sha256:<64 hex>" for a tag with a digest, also
// sha512. It refuses a digest alone because the charts put a colon before the tag, and repository:sha256:… is not an
// image name.
func CheckTag(tag string) error {
	name, pin, pinned := strings.Cut(tag, "@")
	switch {
	case tag == "":
		return errors.New("a tag is required, for example 5.2.42")
	case strings.HasPrefix(tag, "sha256:") || strings.HasPrefix(tag, "sha512:"):
		return errors.New("a digest alone is not valid: the chart would render repository:" + tag[:7] + "...; " +
			"write the tag before it, for example 5.2.42@" + ShortDigest(tag))
	case pinned && name == "":
		return errors.New("the tag before the @ is missing, for example 5.2.42" + ShortDigest(tag))
	}
	if at := strings.IndexFunc(name, isInvalidInTags); at >= 0 {
		return invalidCharacter(name, at)
	}
	if !isTag(name) {
		return fmt.Errorf("invalid tag %q: at most 128 letters, digits, dots, dashes and underscores, "+
			"not starting with a dot or dash, for example 5.2.42", name)
	}
	if !pinned {
		return nil
	}
	return checkDigest(pin)
}

// isInvalidInTags reports the characters that a tag cannot contain (distribution/reference).
func isInvalidInTags(r rune) bool {
	const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	return !strings.ContainsRune(letters+"0123456789_.-", r)
}

// invalidCharacter returns the error for the character at index at, with the tag to write instead where that is known.
func invalidCharacter(tag string, at int) error {
	invalid, _ := utf8.DecodeRuneInString(tag[at:])
	what, fixed := strconv.Quote(string(invalid)), strings.ReplaceAll(tag, "+", "_")
	switch {
	case unicode.IsSpace(invalid):
		what = "spaces"
	case invalid == '+' && isTag(fixed): // of semantic versions: helm.sh/docs/topics/registries
		return fmt.Errorf("a tag cannot contain %s; registries write %s", what, fixed)
	}
	return fmt.Errorf("a tag cannot contain %s: letters, digits, dots, dashes and underscores only, for example 5.2.42",
		what)
}

func isTag(name string) bool {
	repository, err := reference.WithName("a")
	if err == nil {
		_, err = reference.WithTag(repository, name)
	}
	return err == nil
}

// checkDigest accepts the digests that the kubelet does, of sha256 and of the sha512 family.
func checkDigest(text string) error {
	if _, err := reference.Parse("example.com/a@" + text); err != nil {
		return errors.New("a digest is sha256: and 64 characters 0-9 a-f, or sha512: and 128, " +
			"for example 5.2.42@sha256:0123...cdef, as the registry shows it")
	}
	return nil
}

// ShortDigest shortens a digest so that it fits on a line.
func ShortDigest(digest string) string {
	if len(digest) > 20 {
		return digest[:19] + "..."
	}
	return digest
}

// CheckRepository returns an error unless path is a valid image path without host, tag and digest, such as
// "conductor/server".
func CheckRepository(path string) error {
	const example = ", for example conductor/server"
	switch {
	case path == "":
		return errors.New("an image path is required" + example)
	case HasLogin(path):
		return ErrLogin
	case strings.Contains(path, "://"):
		return errors.New("an image path must not have a scheme" + example)
	case strings.HasPrefix(path, "/") || strings.HasSuffix(path, "/"):
		return errors.New("an image path must not start or end with a slash" + example)
	case strings.Contains(path, "@"):
		return errors.New("an image path must not have a digest: it belongs to the tag, 5.2.42@sha256:<64 hex>")
	case strings.Contains(path, ":"):
		return errors.New("an image path must not have a tag: it has a field of its own" + example)
	case strings.ToLower(path) != path:
		return fmt.Errorf("an image path must be lower case: write %s", strings.ToLower(path))
	case len(path) > MaxRepository:
		return fmt.Errorf("an image path has at most %d characters, this one has %d", MaxRepository, len(path))
	}
	if _, err := reference.WithName("example.com/" + path); err != nil {
		return fmt.Errorf("invalid image path %q: lower-case words joined by one of . _ - /%s", path, example)
	}
	return nil
}
