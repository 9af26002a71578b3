package model_test

import (
	"testing"

	"conductor-registry/model"
)

func TestExpandMap(t *testing.T) {
	values := map[string]string{"host": "r.io", "tag": "{host}", "empty": ""}
	for template, want := range map[string]string{
		"":                        "",
		"plain":                   "plain",
		"{host}/{host}:{tag}":     "r.io/r.io:{host}", // a value is not expanded again
		"a{empty}b":               "ab",
		"{unknown} {Host}":        "{unknown} {Host}",
		"${HOME} {x":              "${HOME} {x",
		"{{host}} {a:b} {host-}}": "{r.io} {a:b} {host-}}",
		"[a-z]{2,5}{host}":        "[a-z]{2,5}r.io",
	} {
		if got := model.ExpandMap(template, values); got != want {
			t.Errorf("%q: got %q, want %q", template, got, want)
		}
	}
}
