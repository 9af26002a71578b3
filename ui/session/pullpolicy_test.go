package session_test

import (
	"testing"

	"conductor-registry/model/answers"
	"conductor-registry/presets/presetstest"
	"conductor-registry/ui/session"
)

// The tag latest preselects Always, however it was given, until the user chose a policy.
func TestLatestPreselectsAlways(t *testing.T) {
	typed := func(path, value string) func(d *session.Draft) {
		return func(d *session.Draft) {
			f, err := d.Catalog.Field(d.Answers, path)
			if err != nil {
				t.Fatal(err)
			}
			d.Answer(f, value)
		}
	}
	pasted := func(path, text string) func(d *session.Draft) {
		return func(d *session.Draft) {
			f, _ := d.Catalog.Field(d.Answers, path)
			d.UseImages(f, text)
		}
	}
	submitted := func(d *session.Draft) {
		f, _ := d.Catalog.Field(d.Answers, "tag")
		_, _ = d.Submit(f, "latest")
	}
	const image = "quay.io/myorg/conductor-server"
	for _, tt := range []struct {
		name, path, policy string
		do                 []func(d *session.Draft)
	}{
		{"typed", "pullPolicy", "Always", []func(*session.Draft){typed("tag", "latest")}},
		{"typed in plain mode", "pullPolicy", "Always", []func(*session.Draft){submitted}},
		{"pasted", "pullPolicy", "Always", []func(*session.Draft){pasted("registry.provider", image+":latest")}},
		{"in an environment", "environments.dev.pullPolicy", "Always", []func(*session.Draft){typed("environments.dev.tag", "latest")}},
		{"pasted in an environment", "environments.dev.pullPolicy", "Always",
			[]func(*session.Draft){pasted("registry.provider", image+":5.2.42"), pasted("environments.dev.tag", image+":latest")}},
		{"another tag", "pullPolicy", "", []func(*session.Draft){typed("tag", "latest"), typed("tag", "5.2.42")}},
		{"another tag pasted", "pullPolicy", "", []func(*session.Draft){typed("tag", "latest"), pasted("registry.provider", image+":5.2.42")}},
		{"chosen before", "pullPolicy", "IfNotPresent", []func(*session.Draft){typed("pullPolicy", "IfNotPresent"), typed("tag", "latest")}},
		{"chosen after", "pullPolicy", "Always",
			[]func(*session.Draft){typed("tag", "latest"), typed("pullPolicy", "Always"), typed("tag", "5.2.42")}},
		{"chosen for all", "environments.dev.pullPolicy", "",
			[]func(*session.Draft){typed("pullPolicy", "Never"), typed("environments.dev.tag", "latest")}},
	} {
		a := answers.New()
		a.Set("environments", "dev, prod")
		d := session.New(presetstest.Catalog(t), a, session.Sources{})
		for _, do := range tt.do {
			do(d)
		}
		if got := d.Answers.Get(tt.path); got != tt.policy {
			t.Errorf("%s: %s is %q, want %q\n%s", tt.name, tt.path, got, tt.policy, d.Answers.Encode())
		}
	}
}
