package registry

import "testing"

func TestPatternMatchesTheWhole(t *testing.T) {
	var none *Pattern
	for _, c := range []struct {
		pattern *Pattern
		text    string
		want    bool
	}{
		{none, "anything", true},
		{NewPattern(""), "", true},
		{NewPattern(""), "a", false},
		{NewPattern("a|bc"), "bc", true},
		{NewPattern("a|bc"), "abc", false},
		{NewPattern("("), "(", false},
	} {
		if got := c.pattern.Match(c.text); got != c.want {
			t.Errorf("%v on %q: got %v", c.pattern, c.text, got)
		}
	}
	if NewPattern("(").Err() == nil {
		t.Error("an unclosed group is an error")
	}
}

func TestWhenTakesFieldsLiterally(t *testing.T) {
	w := When{"host": NewPattern(`{repository}\.[a-z]{2,}`)}
	for host, want := range map[string]bool{"a.b.com": true, "axb.com": false, "a.b.c": false} {
		if got := w.Holds(map[string]string{"host": host, "repository": "a.b"}); got != want {
			t.Errorf("%s: got %v, want %v", host, got, want)
		}
	}
	if !(When{"host": NewPattern("")}).Holds(nil) || !When(nil).Holds(nil) {
		t.Error("an absent field is empty, and no condition always holds")
	}
}
