package lint

import (
	"cmp"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/registry"
	"conductor-registry/model/values"
)

// invalidHost returns the finding for a host that the rules of the presets refuse. Its fix passes them all: where the
// corrected host has another problem, the finding names both.
func (c *checker) invalidHost(at namePart, host, path string, problem *registry.HostProblem) found {
	f := found{rule: "host-invalid", path: at.path, severity: problem.Severity,
		facts: facts{"name": quote(at.text), "text": problem.Text, "right": quote(problem.Write)}}
	if strings.HasPrefix(problem.Text, quote(at.text)) {
		f.summary = "{text}"
	}
	next := c.Registries.CheckName(cmp.Or(problem.Write, host), path)
	switch {
	case problem.Write != "" && next != nil && next.Severity == model.Error:
		f.facts["then"] = next.Text
		f.summary = "{name}: {text}; {then}"
	case problem.Write != "" && !strings.Contains(problem.Write, "/") && strings.HasPrefix(at.text, host):
		right := problem.Write + strings.TrimPrefix(at.text, host)
		f.fix, f.facts["right"] = "write {right}", quote(right)
		f.changes = []values.Change{{Path: at.path, Value: values.Quote(right)}}
	case problem.Write != "":
		f.fix = "write {right} as the start of the image name"
	}
	return f
}
