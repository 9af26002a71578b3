package image_test

import (
	"strings"
	"testing"

	"conductor-registry/model/image"
)

const digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

func TestCheck(t *testing.T) {
	for _, tt := range []struct{ ref, want string }{
		{"myacr.azurecr.io/conductor/server:5.2.42", ""},
		{"orkesio/orkes-conductor-server:5.2.42@" + digest, ""},
		{"[2001:db8::1]:5000/s:1", ""},
		{"https://r.io/s:1", "remove https://"},
		{"r.io//s:1", "invalid reference format"},
		{"r.io/s:" + digest, "invalid reference format"},
		{"r.io/MyOrg/s:1", "must be lowercase"},
		{"", "invalid reference format"},
	} {
		compare(t, tt.ref, image.Check(tt.ref), tt.want)
	}
}

func TestCheckTag(t *testing.T) {
	for _, tt := range []struct{ tag, want string }{
		{"5.2.42", ""},
		{"Latest_1", ""},
		{strings.Repeat("a", 128), ""},
		{strings.Repeat("a", 129), "at most 128"},
		{"5.2.42@" + digest, ""},
		{digest, "a digest alone is not valid"},
		{"@" + digest, "the tag before the @ is missing"},
		{"5.2.42@sha256:abc123", "64 characters"},
		{"5.2.42@sha512:" + digest[7:], "64 characters"},
		{"5.2.42@" + strings.ToUpper(digest), "64 characters"},
		{"1.0+build", `a tag cannot contain "+"; registries write 1.0_build`},
		{"1.0+build@" + digest, "registries write 1.0_build"},
		{" 5.2.42", "a tag cannot contain spaces"},
		{"5.2.42/x", `a tag cannot contain "/"`},
		{"v1:2", `a tag cannot contain ":"`},
		{"5.2.42\x1b", `a tag cannot contain "\x1b"`},
		{"é", `a tag cannot contain "é"`},
		{"-1", "invalid tag"},
		{"", "a tag is required"},
	} {
		compare(t, tt.tag, image.CheckTag(tt.tag), tt.want)
	}
}

func TestCheckRepository(t *testing.T) {
	for _, tt := range []struct{ path, want string }{
		{"conductor/server", ""},
		{"a__b/c-d/e.f", ""},
		{strings.Repeat("a", 255), ""},
		{strings.Repeat("a", 256), "at most 255"},
		{"MyOrg/server", "lower case: write myorg/server"},
		{"/a", "start or end with a slash"},
		{"a/", "start or end with a slash"},
		{"a//b", "invalid image path"},
		{"a..b", "invalid image path"},
		{"a:1", "must not have a tag"},
		{"a@" + digest, "must not have a digest"},
		{"oci://a", "must not have a scheme"},
		{"", "is required"},
	} {
		compare(t, tt.path, image.CheckRepository(tt.path), tt.want)
	}
}

func TestHost(t *testing.T) {
	for ref, want := range map[string]string{
		"orkesio/server:1":        "docker.io",
		"docker.io/orkesio/s":     "docker.io",
		"reg.example.com:5000/s":  "reg.example.com:5000",
		"localhost/s":             "localhost",
		"myregistry/orkesio/s:1":  "docker.io",
		"https://r.io/conductor/": "",
	} {
		if got := image.Host(ref); got != want {
			t.Errorf("Host(%q) = %q, want %q", ref, got, want)
		}
	}
}

// compare checks that an error contains want, or that there is none when want is empty.
func compare(t *testing.T, input string, err error, want string) {
	t.Helper()
	if want == "" {
		if err != nil {
			t.Errorf("%q: %v", input, err)
		}
		return
	}
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("%q: got %v, want …%s…", input, err, want)
	}
}
