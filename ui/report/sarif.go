package report

import (
	"io"
	"net/url"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"conductor-registry/model"
	"conductor-registry/model/lint"
)

// SARIF prints findings and their rules as a SARIF log for code scanning tools. Version is the version of this program;
// page returns the web address of a file of its repository, or "" while it has none
// (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html).
func SARIF(w io.Writer, version string, page func(file string) string, findings []lint.Finding) error {
	driver := sarif.NewToolComponent().WithName("conductor-registry").WithVersion(version)
	run := sarif.NewRun().WithTool(sarif.NewTool().WithDriver(driver)).WithColumnKind("unicodeCodePoints")
	index := map[string]int{}
	for _, f := range findings {
		if _, listed := index[f.Rule]; !listed {
			index[f.Rule] = len(driver.Rules)
			driver.AddRule(sarifRule(f.Rule, page))
		}
		result := sarif.NewRuleResult(f.Rule).WithRuleIndex(index[f.Rule]).WithLevel(level(f.Severity)).
			WithMessage(sarif.NewTextMessage(sentence(f)))
		if f.File != "" {
			result.AddLocation(sarif.NewLocationWithPhysicalLocation(sarif.NewPhysicalLocation().
				WithArtifactLocation(sarif.NewSimpleArtifactLocation(uri(f.File))).
				WithRegion(sarif.NewRegion().WithStartLine(max(1, f.Line)))))
		}
		run.AddResult(result)
	}
	log := sarif.NewReport().AddRun(run)
	log.Schema = "https://json.schemastore.org/sarif-2.1.0.json"
	return model.WriteJSON(w, log)
}

func sarifRule(id string, page func(file string) string) *sarif.ReportingDescriptor {
	text := func(text string) *sarif.MultiformatMessageString {
		return sarif.NewMultiformatMessageString().WithText(text)
	}
	rule, _ := lint.Find(id)
	described := sarif.NewRule(id).WithShortDescription(text(rule.Title)).
		WithFullDescription(text(rule.Title + ": " + rule.Why)).WithHelp(text(rule.Fix)).
		WithDefaultConfiguration(sarif.NewReportingConfiguration().WithLevel(level(rule.Severity)))
	if address := page("docs/lint/" + id + ".md"); address != "" {
		described.WithHelpURI(address)
	}
	return described
}

// level returns the SARIF level of a severity.
func level(s model.Severity) string {
	if s == model.Info {
		return sarif.LevelNote
	}
	return string(s)
}

// uri returns a file name as a relative URI reference: with slashes, and with reserved characters escaped.
func uri(file string) string {
	return (&url.URL{Path: slashed(file)}).String()
}
