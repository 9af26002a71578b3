// Package image knows the grammar of image references as the kubelet reads them. It explains what is wrong with a
// name before a node does; it never asks a registry.
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

// MaxRepository is the longest repository path in characters, the host not counted (distribution/reference).
const MaxRepository = 255

// Check says why no kubelet could parse ref, a whole image name such as "myacr.azurecr.io/conductor/server:5.2.42".
// Pods with such an image stay in InvalidImageName.
func Check(ref string) error {
	if scheme, _, found := strings.Cut(ref, "://"); found {
		return fmt.Errorf("an image name has no scheme: leave out %s://", scheme)
	}
	_, err := Parse(ref)
	return err
}

// CheckTag says what is wrong with tag: "5.2.42", or "5.2.42@sha256:<64 hex>" for a tag with a digest. A bare digest is
// refused because the charts put a colon before it, and repository:sha256:… is no image name.
func CheckTag(tag string) error {
	name, digest, pinned := strings.Cut(tag, "@")
	switch {
	case tag == "":
		return errors.New("a tag is needed, for example 5.2.42")
	case strings.HasPrefix(tag, "sha256:"):
		return errors.New("a digest alone is no tag: the chart would make repository:sha256:...; " +
			"write the tag before it, for example 5.2.42@" + shortDigest(tag))
	case pinned && name == "":
		return errors.New("the tag before the @ is missing, for example 5.2.42" + shortDigest(tag))
	}
	if at := strings.IndexFunc(name, notInTags); at >= 0 {
		return strayIn(name, at)
	}
	if !isTag(name) {
		return fmt.Errorf("%q is no tag: letters, digits, dots, dashes and underscores, 128 at most, "+
			"not a dot or dash first, for example 5.2.42", name)
	}
	if !pinned {
		return nil
	}
	return checkDigest(digest)
}

// notInTags tells the characters that no tag may have (distribution/reference).
func notInTags(r rune) bool {
	const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	return !strings.ContainsRune(letters+"0123456789_.-", r)
}

// strayIn names the first character that does not belong, and how the tag is written without such.
func strayIn(tag string, at int) error {
	stray, _ := utf8.DecodeRuneInString(tag[at:])
	what, tidy := strconv.Quote(string(stray)), strings.ReplaceAll(tag, "+", "_")
	switch {
	case unicode.IsSpace(stray):
		what = "a blank"
	case stray == '+' && isTag(tidy): // of semantic versions: helm.sh/docs/topics/registries
		return fmt.Errorf("a tag can't have %s; registries write %s", what, tidy)
	}
	return fmt.Errorf("a tag can't have %s: letters, digits, dots, dashes and underscores only, for example 5.2.42", what)
}

func isTag(name string) bool {
	repository, err := reference.WithName("a")
	if err == nil {
		_, err = reference.WithTag(repository, name)
	}
	return err == nil
}

func checkDigest(digest string) error {
	hex, found := strings.CutPrefix(digest, "sha256:")
	if !found || len(hex) != 64 || strings.Trim(hex, "0123456789abcdef") != "" {
		return errors.New("a digest is sha256: and 64 characters 0-9 a-f, " +
			"for example 5.2.42@sha256:0123...cdef, as the registry shows it")
	}
	return nil
}

// shortDigest keeps an example within a line.
func shortDigest(digest string) string {
	if len(digest) > 20 {
		return digest[:19] + "..."
	}
	return digest
}

// CheckRepository says what is wrong with path, an image path without host, tag and digest, such as
// "conductor/server".
func CheckRepository(path string) error {
	const example = ", for example conductor/server"
	switch {
	case path == "":
		return errors.New("an image path is needed" + example)
	case strings.Contains(path, "://"):
		return errors.New("an image path has no scheme" + example)
	case strings.HasPrefix(path, "/") || strings.HasSuffix(path, "/"):
		return errors.New("an image path has no slash at either end" + example)
	case strings.Contains(path, "@"):
		return errors.New("an image path has no digest: it belongs to the tag, 5.2.42@sha256:<64 hex>")
	case strings.Contains(path, ":"):
		return errors.New("an image path has no tag: it has a field of its own" + example)
	case strings.ToLower(path) != path:
		return fmt.Errorf("an image path is lower case: %s", strings.ToLower(path))
	case len(path) > MaxRepository:
		return fmt.Errorf("an image path has at most %d characters, this one has %d", MaxRepository, len(path))
	}
	if _, err := reference.WithName("example.com/" + path); err != nil {
		return fmt.Errorf("%q is no image path: lower-case words joined by one of . _ - /%s", path, example)
	}
	return nil
}
