package report

import (
	"io"
	"net/url"

	"conductor-registry/model"
	"conductor-registry/model/lint"
)

// The parts of a SARIF log that code scanning tools read. A library's types and validator add 0.9 MB to the program; the
// tests check the log with them instead (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html).
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool struct {
			Driver sarifDriver `json:"driver"`
		} `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID               string     `json:"id"`
		ShortDescription sarifText  `json:"shortDescription"`
		FullDescription  sarifText  `json:"fullDescription"`
		Help             sarifText  `json:"help"`
		HelpURI          string     `json:"helpUri,omitempty"`
		Configuration    sarifLevel `json:"defaultConfiguration"`
	}
	sarifResult struct {
		RuleID    string          `json:"ruleId"`
		RuleIndex int             `json:"ruleIndex"`
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations,omitempty"`
	}
	sarifLocation struct {
		Place struct {
			File struct {
				URI string `json:"uri"`
			} `json:"artifactLocation"`
			Region struct {
				StartLine int `json:"startLine"`
			} `json:"region"`
		} `json:"physicalLocation"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifLevel struct {
		Level string `json:"level"`
	}
)

// SARIF prints findings and their rules as a SARIF log for code scanning tools. Version is the version of this program;
// page returns the web address of a file of its repository, or "" while it has none.
func SARIF(w io.Writer, version string, page func(file string) string, findings []lint.Finding) error {
	run := sarifRun{ColumnKind: "unicodeCodePoints", Results: []sarifResult{}}
	run.Tool.Driver = sarifDriver{Name: "conductor-registry", Version: version, Rules: []sarifRule{}}
	index := map[string]int{}
	for _, f := range findings {
		if _, listed := index[f.Rule]; !listed {
			index[f.Rule] = len(run.Tool.Driver.Rules)
			run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, newSARIFRule(f.Rule, page))
		}
		result := sarifResult{RuleID: f.Rule, RuleIndex: index[f.Rule], Level: level(f.Severity),
			Message: sarifText{sentence(f)}}
		if f.File != "" {
			var at sarifLocation
			at.Place.File.URI = uri(f.File)
			at.Place.Region.StartLine = max(1, f.Line)
			result.Locations = []sarifLocation{at}
		}
		run.Results = append(run.Results, result)
	}
	return model.WriteJSON(w, sarifLog{"https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", []sarifRun{run}})
}

func newSARIFRule(id string, page func(file string) string) sarifRule {
	rule, _ := lint.Find(id)
	return sarifRule{ID: id, ShortDescription: sarifText{rule.Title},
		FullDescription: sarifText{rule.Title + ": " + rule.Why}, Help: sarifText{rule.Fix},
		HelpURI: page("docs/lint/" + id + ".md"), Configuration: sarifLevel{level(rule.Severity)}}
}

// level returns the SARIF level of a severity.
func level(s model.Severity) string {
	if s == model.Info {
		return "note"
	}
	return string(s)
}

// uri returns a file name as a relative URI reference: with slashes, and with reserved characters escaped.
func uri(file string) string {
	return (&url.URL{Path: slashed(file)}).String()
}
