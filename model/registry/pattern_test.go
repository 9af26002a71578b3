package registry

import "testing"

func pattern(t *testing.T, expression string) *Pattern {
	t.Helper()
	p, err := NewPattern(expression)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestPatternMatchesTheWhole(t *testing.T) {
	var none *Pattern
	for _, c := range []struct {
		pattern *Pattern
		text    string
		want    bool
	}{
		{none, "anything", true},
		{pattern(t, ""), "", true},
		{pattern(t, ""), "a", false},
		{pattern(t, "a|bc"), "bc", true},
		{pattern(t, "a|bc"), "abc", false},
	} {
		if got := c.pattern.Match(c.text); got != c.want {
			t.Errorf("%v on %q: got %v", c.pattern, c.text, got)
		}
	}
	if _, err := NewPattern("("); err == nil {
		t.Error("an unclosed group is an error")
	}
}

func TestWhenTakesFieldsLiterally(t *testing.T) {
	w := When{"host": pattern(t, `{repository}\.[a-z]{2,}`)}
	for host, want := range map[string]bool{"a.b.com": true, "axb.com": false, "a.b.c": false} {
		if got := w.Matches(map[string]string{"host": host, "repository": "a.b"}); got != want {
			t.Errorf("%s: got %v, want %v", host, got, want)
		}
	}
	if !(When{"host": pattern(t, "")}).Matches(nil) || !When(nil).Matches(nil) {
		t.Error("an absent field is empty, and no condition always holds")
	}
}
