package registry

import (
	"strings"
	"testing"
)

func TestCheckHost(t *testing.T) {
	long := strings.Repeat("a", 63)
	for _, host := range []string{"a.b", "localhost", "localhost:5000", "registry:5000", "10.0.0.1", "10.0.0.1:5000",
		"[::1]", "[2001:db8::1]:65535", "xn--bcher-kva.example", "a--b.example.com", "1and1.com", long + ".com"} {
		if err := CheckHost(host); err != nil {
			t.Errorf("%s: %v", host, err)
		}
	}
	for host, says := range map[string]string{
		"":                                "no dot and no port",
		"registry":                        "Docker Hub",
		"a.b:":                            "no port",
		"a.b:0":                           "no port",
		"a.b:05":                          "no port",
		"a.b:65536":                       "no port",
		"a.b:+5":                          "no port",
		"a..b":                            "no host name",
		"a.b.":                            "no host name",
		".a.b":                            "no host name",
		"-a.b":                            "no host name",
		"a-.b":                            "no host name",
		"a_b.c":                           "no host name",
		"a b.c":                           "no host name",
		"a.b/c":                           "no host name",
		"user@a.b":                        "no host name",
		"*.example.com":                   "no host name",
		"A.b":                             "lower case: a.b",
		"10.0.0.256":                      "neither",
		"::1":                             "[::1]:5000",
		"[::1":                            "brackets",
		"[fe80::1%eth0]":                  "brackets",
		"[10.0.0.1]:5000":                 "brackets",
		long + "a.com":                    "no host name",
		strings.Repeat("a.", 127) + "com": "253",
	} {
		if err := CheckHost(host); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: got %v, want it to say %q", host, err, says)
		}
	}
}
