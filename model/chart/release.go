package chart

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"
)

// Releases maps versions of a chart, such as 2.7.49, to their appVersion, or to the reason why they are refused.
type Releases map[string]string

// Release returns the profile for one release of the chart, such as 2.7.49 or its own id; false when it is for others.
// The error is the reason why that release cannot be used.
func (p *Profile) Release(version string) (*Profile, bool, error) {
	if reason := p.Refused[version]; reason != "" {
		return nil, true, errors.New("chart " + version + " cannot be used: " + reason)
	}
	appVersion, known := p.Releases[version]
	switch {
	case version == p.ID || version == p.Version:
		return p, true, nil
	case !known:
		return nil, false, nil
	}
	out := *p
	out.Version, out.AppVersion = version, appVersion
	return &out, true, nil
}

// Nearest returns the profile for any version: the one with the newest release that is not newer, or the oldest one.
// There must be at least one profile.
func Nearest(profiles []*Profile, version string) *Profile {
	oldest, best := profiles[0], (*Profile)(nil)
	for _, p := range profiles {
		if compareVersions(p.first(), oldest.first()) < 0 {
			oldest = p
		}
		if compareVersions(p.first(), version) <= 0 && (best == nil || compareVersions(best.first(), p.first()) < 0) {
			best = p
		}
	}
	return cmp.Or(best, oldest)
}

// first returns the oldest release that the profile is for.
func (p *Profile) first() string {
	first := p.Version
	for version := range p.Releases {
		if compareVersions(version, first) < 0 {
			first = version
		}
	}
	return first
}

// compareVersions compares versions number by number, without pre-release and build suffixes.
func compareVersions(a, b string) int { return slices.Compare(numbers(a), numbers(b)) }

func numbers(version string) []int {
	version, _, _ = strings.Cut(strings.TrimPrefix(version, "v"), "-")
	version, _, _ = strings.Cut(version, "+")
	var out []int
	for part := range strings.SplitSeq(version, ".") {
		n, _ := strconv.Atoi(part)
		out = append(out, n)
	}
	return out
}
