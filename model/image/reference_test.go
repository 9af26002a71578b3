package image_test

import (
	"testing"

	"conductor-registry/model/image"
)

func TestParse(t *testing.T) {
	for ref, want := range map[string]image.Reference{
		"server":                     {Host: "docker.io", Repository: "library/server"},
		"r.io:5000/a/b:1@" + digest:  {Host: "r.io:5000", Repository: "a/b", Tag: "1", Digest: digest},
		"localhost/s@" + digest:      {Host: "localhost", Repository: "s", Digest: digest},
		"[2001:db8::1]:5000/s:1":     {Host: "[2001:db8::1]:5000", Repository: "s", Tag: "1"},
		"index.docker.io/orkesio/s:": {},
		"r.io/A":                     {},
	} {
		got, err := image.Parse(ref)
		if got != want || (err == nil) != (want.Host != "") {
			t.Errorf("Parse(%q) = %+v, %v, want %+v", ref, got, err, want)
		}
	}
}

func TestWithHost(t *testing.T) {
	for ref, want := range map[string]string{
		"orkesio/server:1":           "docker.io/orkesio/server:1",
		"docker.io/orkesio/server:1": "docker.io/orkesio/server:1",
		"r.io/server":                "r.io/server",
	} {
		if got := image.WithHost(ref); got != want {
			t.Errorf("WithHost(%q) = %q, want %q", ref, got, want)
		}
	}
}

func TestSplitTag(t *testing.T) {
	for name, want := range map[string][2]string{
		"r.io/A/b":             {"r.io/A/b", ""},
		"r.io/A/b:V1":          {"r.io/A/b", ":V1"},
		"r.io/a:V1@" + digest:  {"r.io/a", ":V1@" + digest},
		"r.io/a@" + digest:     {"r.io/a", "@" + digest},
		"r.io:5000/a":          {"r.io:5000/a", ""},
		"r.io:5000/a:1":        {"r.io:5000/a", ":1"},
		"[2001:db8::1]:5000/a": {"[2001:db8::1]:5000/a", ""},
		"server:1":             {"server", ":1"},
		"":                     {"", ""},
	} {
		if repository, suffix := image.SplitTag(name); repository != want[0] || suffix != want[1] {
			t.Errorf("SplitTag(%q) = %q, %q", name, repository, suffix)
		}
	}
}

func TestSplitHostPort(t *testing.T) {
	for host, want := range map[string]struct {
		name, port string
		hasPort    bool
	}{
		"r.io":               {"r.io", "", false},
		"r.io:5000":          {"r.io", "5000", true},
		"r.io:":              {"r.io", "", true},
		"[2001:db8::1]":      {"[2001:db8::1]", "", false},
		"[2001:db8::1]:5000": {"[2001:db8::1]", "5000", true},
	} {
		if name, port, hasPort := image.SplitHostPort(host); name != want.name || port != want.port || hasPort != want.hasPort {
			t.Errorf("SplitHostPort(%q) = %q, %q, %v", host, name, port, hasPort)
		}
	}
}
