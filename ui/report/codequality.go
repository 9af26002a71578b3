package report

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/lint"
)

// issue is one entry of a Code Quality report.
type issue struct {
	Description string   `json:"description"`
	CheckName   string   `json:"check_name"`
	Fingerprint string   `json:"fingerprint"`
	Severity    string   `json:"severity"`
	Location    location `json:"location"`
}

type location struct {
	Path  string `json:"path"`
	Lines lines  `json:"lines"`
}

type lines struct {
	Begin int `json:"begin"`
}

// CodeQuality prints findings as a report that GitLab shows in merge requests
// (https://docs.gitlab.com/ci/testing/code_quality). A fingerprint does not depend on the line, so that GitLab does not
// report a finding as new when lines above it change.
func CodeQuality(w io.Writer, findings []lint.Finding) error {
	severity := map[model.Severity]string{model.Error: "critical", model.Warning: "major", model.Info: "info"}
	issues, seen := []issue{}, map[string]int{}
	for _, f := range findings {
		key := strings.Join([]string{f.Rule, slashed(f.File), f.Path, f.Summary}, "\x00")
		seen[key]++ // equal findings on several lines
		sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d", key, seen[key]))
		issues = append(issues, issue{
			Description: sentence(f), CheckName: f.Rule, Fingerprint: hex.EncodeToString(sum[:16]), Severity: severity[f.Severity],
			Location: location{slashed(placeName(f)), lines{max(1, f.Line)}},
		})
	}
	return model.WriteJSON(w, issues)
}

// placeName returns the file of a finding for formats that require one, or what stands for it.
func placeName(f lint.Finding) string {
	switch {
	case f.File != "":
		return f.File
	case f.Path != "":
		return "--set"
	}
	return "values"
}

// slashed returns a file name with slashes, as reports name files on every system.
func slashed(file string) string { return strings.ReplaceAll(file, `\`, "/") }
