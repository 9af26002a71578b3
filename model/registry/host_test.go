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
		"a.b:":                            "invalid port",
		"a.b:0":                           "invalid port",
		"a.b:05":                          "invalid port",
		"a.b:65536":                       "invalid port",
		"a.b:+5":                          "invalid port",
		"a..b":                            "not a valid host",
		"a.b.":                            "not a valid host",
		".a.b":                            "not a valid host",
		"-a.b":                            "not a valid host",
		"a-.b":                            "not a valid host",
		"a_b.c":                           "not a valid host",
		"a b.c":                           "not a valid host",
		"a.b/c":                           "not a valid host",
		"user@a.b":                        "contains a login",
		"*.example.com":                   "not a valid host",
		"A.b":                             "lower case: write a.b",
		"10.0.0.256":                      "not a host name or an IP address",
		"::1":                             "[::1]:5000",
		"[::1":                            "brackets",
		"[fe80::1%eth0]":                  "brackets",
		"[10.0.0.1]:5000":                 "brackets",
		long + "a.com":                    "not a valid host",
		strings.Repeat("a.", 127) + "com": "253",
	} {
		if err := CheckHost(host); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: got %v, want it to say %q", host, err, says)
		}
	}
}
