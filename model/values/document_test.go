package values_test

import (
	"testing"

	"sigs.k8s.io/yaml"

	"conductor-registry/model/values"
)

func TestDocument(t *testing.T) {
	d := values.NewDocument("First line.\nSecond line.")
	d.Set("global.image.tag", values.Quote("5.10"), "")
	d.Set("server.image.repository", values.Quote("a/b"), "why this key is here")
	d.SetList("global.image.pullSecrets", []string{`name: "x"`}, "")
	d.Set("existing", values.Quote("x"), "")
	d.SetEmpty("prod")
	d.SetEmpty("server")
	const want = `# First line.
# Second line.

global:
  image:
    tag: "5.10"
    pullSecrets:
      - name: "x"

server:
  image:
    # why this key is here
    repository: "a/b"

existing: "x"
prod: {}
`
	if got := string(d.Bytes()); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestQuoteIfNeeded(t *testing.T) {
	for text, want := range map[string]string{
		"acr": "acr", "conductor/server": "conductor/server", "IfNotPresent": "IfNotPresent",
		"5.2.42": `"5.2.42"`, "yes": `"yes"`, "Off": `"Off"`, "": `""`, "a b": `"a b"`, "-x": `"-x"`, "1e3": `"1e3"`,
	} {
		if got := values.QuoteIfNeeded(text); got != want {
			t.Errorf("QuoteIfNeeded(%q) = %s, want %s", text, got, want)
		}
	}
}

// Helm reads a quoted text back as the same text.
func FuzzQuote(f *testing.F) {
	for _, text := range []string{"5.10", "yes", "", "say \"hi\"", `back\slash`, "two\nlines", "ü\u2028\u0085\x07", "a: b # c"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !valid(text) {
			t.Skip("not text")
		}
		for _, scalar := range []string{values.Quote(text), values.QuoteIfNeeded(text)} {
			var got map[string]any
			if err := yaml.Unmarshal([]byte("key: "+scalar), &got); err != nil || got["key"] != text {
				t.Errorf("%q written as %s reads as %q, %v", text, scalar, got["key"], err)
			}
		}
	})
}

// valid reports whether text is UTF-8: a field's check refuses anything else.
func valid(text string) bool {
	for _, r := range text {
		if r == '\uFFFD' {
			return false
		}
	}
	return true
}
