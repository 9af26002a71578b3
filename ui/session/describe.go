package session

import (
	"slices"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/chart"
	"conductor-registry/model/image"
	"conductor-registry/model/lint"
	"conductor-registry/model/plan"
	"conductor-registry/model/values"
)

// Describe says what was read from a values file: the chart, the images and how many problems lint finds in it. Notes
// are not problems.
func Describe(catalog *answers.Catalog, given *answers.Answers, from Sources) string {
	p := plan.Preview(catalog, given, "", nil)
	env := p.Environments[0]
	parts := []string{"chart " + env.Profile.ID}
	var hosts []string
	images := Images(p)
	for _, name := range images {
		if host := image.Host(name); host != "" && !slices.Contains(hosts, host) {
			hosts = append(hosts, host)
		}
	}
	if len(env.Components) > 0 && len(hosts) > 0 {
		parts = append(parts, Count(len(images), "image")+" from "+model.List(hosts))
	}
	parts = append(parts, countProblems(catalog, env.Profile, from.Opened)...)
	return from.Secrets().Text(strings.Join(parts, ", "))
}

// countProblems says how many problems a values file has for a chart; nothing when lint cannot read it.
func countProblems(catalog *answers.Catalog, profile *chart.Profile, file plan.Base) []string {
	found, err := lint.Check(lint.Input{
		Sources: []values.Source{{Name: file.Name, Data: file.Data}},
		Profile: profile, Charts: catalog.Charts.All(), Registries: catalog.Registries,
	})
	if err != nil {
		return nil
	}
	n := 0
	for _, f := range found.Findings {
		if f.Severity != model.Info {
			n++
		}
	}
	return []string{map[bool]string{true: "no problems", false: Count(n, "problem")}[n == 0]}
}
