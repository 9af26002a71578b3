package report

import (
	"encoding/json"
	"io"
	"net/url"
	"slices"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/lint"
)

// The parts of SARIF 2.1.0 that findings need (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html).
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool    sarifTool     `json:"tool"`
		Columns string        `json:"columnKind"`
		Results []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID      string       `json:"id"`
		Short   sarifText    `json:"shortDescription"`
		Full    sarifText    `json:"fullDescription"`
		Help    sarifText    `json:"help"`
		Default sarifDefault `json:"defaultConfiguration"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifDefault struct {
		Level string `json:"level"`
	}
	sarifResult struct {
		RuleID    string          `json:"ruleId"`
		RuleIndex int             `json:"ruleIndex"`
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations,omitempty"`
	}
	sarifLocation struct {
		Physical sarifPhysical `json:"physicalLocation"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   sarifRegion   `json:"region"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine int `json:"startLine"`
	}
)

// SARIF prints findings, and the rules they are of, for code scanning tools. Version is this program's.
func SARIF(w io.Writer, version string, findings []lint.Finding) error {
	run := sarifRun{Columns: "unicodeCodePoints", Results: []sarifResult{},
		Tool: sarifTool{sarifDriver{"conductor-registry", version, []sarifRule{}}}}
	rules := &run.Tool.Driver.Rules
	for _, f := range findings {
		at := slices.IndexFunc(*rules, func(r sarifRule) bool { return r.ID == f.Rule })
		if at < 0 {
			at = len(*rules)
			*rules = append(*rules, newSarifRule(f.Rule))
		}
		result := sarifResult{f.Rule, at, level(f.Severity), sarifText{sentence(f)}, nil}
		if f.File != "" {
			result.Locations = []sarifLocation{{sarifPhysical{sarifArtifact{uri(f.File)}, sarifRegion{max(1, f.Line)}}}}
		}
		run.Results = append(run.Results, result)
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(sarifLog{"https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", []sarifRun{run}})
}

func newSarifRule(id string) sarifRule {
	rule, _ := lint.Find(id)
	return sarifRule{id, sarifText{rule.Title}, sarifText{rule.Title + ": " + rule.Why}, sarifText{rule.Fix},
		sarifDefault{level(rule.Severity)}}
}

// level is SARIF's word for a severity.
func level(s model.Severity) string {
	if s == model.Info {
		return "note"
	}
	return string(s)
}

// uri is a file's name as a relative reference: with slashes, and what has a meaning in URIs escaped.
func uri(file string) string {
	return (&url.URL{Path: strings.ReplaceAll(file, `\`, "/")}).String()
}
