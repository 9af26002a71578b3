package session

import (
	"fmt"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/plan"
)

// Verdict compares what the real helm renders for a values file with what this program shows.
type Verdict struct {
	Program string   // the program and its version: "helm v3.22.0"
	Differs []string // each difference in one line; empty when helm agrees
	Failed  string   // the error, when helm could not render the chart
}

// Problems returns a warning when helm differs or failed.
func (v Verdict) Problems(env *plan.Environment) model.Problems {
	p := model.Problem{Severity: model.Warning}
	switch {
	case v.Failed != "":
		p.Rule, p.Summary = "helm-failed", v.Program+": "+v.Failed
	case len(v.Differs) > 0:
		p.Rule = "helm-differs"
		p.Summary = fmt.Sprintf("%s renders %s differently: %s", v.Program, env.FileName("values"),
			strings.Join(v.Differs, "; "))
		p.Fix = "see what the chart reads: conductor-registry inspect --chart PATH"
	default:
		return nil
	}
	return model.Problems{p}
}
