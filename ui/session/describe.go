package session

import (
	"slices"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/image"
	"conductor-registry/model/plan"
)

// Describe says what was read from a values file: the chart, the images and how many problems there are. Notes are not
// problems.
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
	n := 0
	for _, problem := range from.Problems {
		if problem.Severity != model.Info {
			n++
		}
	}
	parts = append(parts, map[bool]string{true: "no problems", false: Count(n, "problem")}[n == 0])
	return from.Secrets().Text(strings.Join(parts, ", "))
}
