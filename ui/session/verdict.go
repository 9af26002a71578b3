package session

import (
	"fmt"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/plan"
)

// Verdict is what the real helm says of a values file.
type Verdict struct {
	Program string   // who says so: "helm v3.22.0"
	Differs []string // what it renders otherwise than shown here, a line each; none: it agrees
	Failed  string   // why it could not be asked, in its own words; "" when it could
}

// Problems are what is to be said of a verdict on the environment's values; none where helm agrees or was not asked.
func (v Verdict) Problems(env *plan.Environment) model.Problems {
	p := model.Problem{Severity: model.Warning}
	switch {
	case v.Failed != "":
		p.Rule, p.Summary = "helm-failed", v.Program+": "+v.Failed
	case len(v.Differs) > 0:
		p.Rule = "helm-differs"
		p.Summary = fmt.Sprintf("%s renders something else with %s: %s", v.Program, env.FileName("values"),
			strings.Join(v.Differs, "; "))
		p.Fix = "see what the chart reads: conductor-registry inspect --chart PATH"
	default:
		return nil
	}
	return model.Problems{p}
}
