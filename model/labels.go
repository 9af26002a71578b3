package model

import (
	"slices"
	"strings"
)

const (
	maxLabel     = 63
	maxSubdomain = 253
)

// IsLabel reports whether name is an RFC 1123 label: lower-case letters, digits and dashes, no dash at either end, at
// most 63 characters. Kubernetes requires it of namespaces, DNS of each part of a host name.
func IsLabel(name string) bool { return len(name) <= maxLabel && isDashed(name) }

// IsSubdomain reports whether name is a subdomain as Kubernetes requires it of most names (RFC 1123): labels with dots
// between them, at most 253 characters. Like Kubernetes it does not limit the length of each label.
func IsSubdomain(name string) bool {
	return len(name) <= maxSubdomain &&
		!slices.ContainsFunc(strings.Split(name, "."), func(label string) bool { return !isDashed(label) })
}

// isDashed is not a regular expression because the wizard calls it at every key.
func isDashed(s string) bool {
	return s != "" && s[0] != '-' && s[len(s)-1] != '-' && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}
