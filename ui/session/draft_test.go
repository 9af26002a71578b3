package session_test

import (
	"slices"
	"testing"

	"conductor-registry/model/answers"
	"conductor-registry/presets/presetstest"
	"conductor-registry/ui/session"
)

// begin is a draft from path, value, path, value …
func begin(t *testing.T, pairs ...string) *session.Draft {
	t.Helper()
	c := presetstest.Catalog(t)
	a := answers.New()
	for i := 0; i < len(pairs); i += 2 {
		a.Set(pairs[i], pairs[i+1])
	}
	return session.New(c, a, session.Sources{})
}

func field(t *testing.T, d *session.Draft, path string) answers.Field {
	t.Helper()
	f, err := d.Catalog.Field(d.Answers, path)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestARefusedAnswerChangesNothing(t *testing.T) {
	d := begin(t, "registry.provider", "acr", "registry.name", "myacr")
	if _, err := d.Submit(field(t, d, "registry.name"), "no name!"); err == nil || d.Answers.Get("registry.name") != "myacr" {
		t.Errorf("%v, and the answers are\n%s", err, d.Answers.Encode())
	}
}

func TestAnAddressAnswersTheQuestionsBesideItToo(t *testing.T) {
	d := begin(t, "registry.provider", "acr", "registry.name", "myacr")
	if _, err := d.Submit(field(t, d, "registry.name"), "https://other.azurecr.us/"); err != nil {
		t.Fatal(err)
	}
	if name, cloud := d.Answers.Get("registry.name"), d.Answers.Get("registry.cloud"); name != "other" || cloud != "us-gov" {
		t.Errorf("name %q, cloud %q", name, cloud)
	}
}

func TestAHostStandsInForTheRequiredName(t *testing.T) {
	d := begin(t, "registry.provider", "acr")
	if _, err := d.Submit(field(t, d, "registry.name"), "https://images.example.com"); err != nil {
		t.Fatal(err)
	}
	if got := d.Answers.Get("registry.host"); got != "images.example.com" || d.Answers.Has("registry.name") {
		t.Errorf("host %q, answers %q", got, d.Answers.Paths())
	}
}

func TestARegistryThatComesBackHasItsAnswers(t *testing.T) {
	d := begin(t, "registry.provider", "acr", "registry.name", "myacr")
	provider := field(t, d, "registry.provider")
	if dropped := d.Answer(provider, "ecr"); !slices.Equal(dropped, []string{"registry.name"}) || d.Answers.Has("registry.name") {
		t.Errorf("dropped %q", dropped)
	}
	d.Answer(provider, "acr")
	if got := d.Answers.Get("registry.name"); got != "myacr" {
		t.Errorf("name %q", got)
	}
}
