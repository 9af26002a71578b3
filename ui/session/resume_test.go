package session_test

import (
	"bytes"
	"testing"

	"conductor-registry/model/answers"
	"conductor-registry/ui/session"
)

func left() session.Session {
	a := answers.New()
	a.Set("environments", "dev, prod")
	a.Set("registry.provider", "acr")
	a.Set("environments.dev.registry.name", "myacrdev")
	return session.Session{Answers: a, Page: "Pull secret", Reached: "Review", Question: "environments.dev.registry.name"}
}

func TestASessionComesBackAsItWas(t *testing.T) {
	want := left()
	got, problems := session.Decode("kept", want.Encode())
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if !bytes.Equal(got.Answers.Encode(), want.Answers.Encode()) {
		t.Errorf("answers\n%s\nwant\n%s", got.Answers.Encode(), want.Answers.Encode())
	}
	if got.Page != want.Page || got.Reached != want.Reached || got.Question != want.Question {
		t.Errorf("at %q, %q, %q", got.Page, got.Reached, got.Question)
	}
}

func TestAnAnswersFileIsASessionWithoutAPlace(t *testing.T) {
	got, problems := session.Decode("kept", left().Answers.Encode())
	if len(problems) > 0 || got.Page != "" || got.Answers.Get("registry.provider") != "acr" {
		t.Errorf("%v, %+v", problems, got)
	}
}

func TestWhatIsNoSessionIsRefused(t *testing.T) {
	for _, text := range []string{"page: Chart\n---\nversion: 7\n", "page: Chart\n---\n- a\n", "\x00"} {
		if _, problems := session.Decode("kept", []byte(text)); len(problems) == 0 {
			t.Errorf("%q was taken", text)
		}
	}
}
