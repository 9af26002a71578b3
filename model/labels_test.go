package model_test

import (
	"strings"
	"testing"

	"conductor-registry/model"
)

func TestLabelsAndSubdomains(t *testing.T) {
	long := strings.Repeat("a", 64)
	for _, tt := range []struct {
		name             string
		label, subdomain bool
	}{
		{"conductor", true, true},
		{"a-1", true, true},
		{"1", true, true},
		{long[:63], true, true},
		{long, false, true}, // Kubernetes limits the whole subdomain only
		{"a.b-c.d", false, true},
		{strings.Repeat("a.", 126) + "a", false, true},
		{strings.Repeat("a.", 127) + "a", false, false},
		{"", false, false},
		{"-a", false, false},
		{"a-", false, false},
		{"a..b", false, false},
		{"a.-b", false, false},
		{"A", false, false},
		{"a_b", false, false},
		{"a b", false, false},
	} {
		if got := model.IsLabel(tt.name); got != tt.label {
			t.Errorf("IsLabel(%q) = %v", tt.name, got)
		}
		if got := model.IsSubdomain(tt.name); got != tt.subdomain {
			t.Errorf("IsSubdomain(%q) = %v", tt.name, got)
		}
	}
}
