package redact_test

import (
	"testing"

	"conductor-registry/model/redact"
)

func TestKnown(t *testing.T) {
	var k redact.Known
	if out := k.Text("a S3CRET-x"); out != "a S3CRET-x" {
		t.Error(out)
	}
	k.AddFile([]byte("imageCredentials: {registry: r1.example.com, password: 'S3CRET\"x'}\npostgres: {password: postgres}\n"))
	k.AddText("--set=imageCredentials.password=Other-S3CRET")
	k.AddSecret("typed-S3CRET")
	for text, shown := range map[string]string{
		`error: S3CRET"x is not a tag`:       `error: ****** is not a tag`,
		`"S3CRET\"x"`:                        `"******"`,
		"Other-S3CRET typed-S3CRET":          "****** ******",
		"r1.example.com/postgres/postgres:1": "r1.example.com/postgres/postgres:1",
	} {
		if out := k.Text(text); out != shown {
			t.Errorf("%s is shown as %s, not %s", text, out, shown)
		}
	}
	const encoded = "{\n  \"image\": \"r/S3CRET\\\"x:\u202e\",\n  \"a\": [\"<b>\", 1]\n}\n"
	if out := string(k.JSON([]byte(encoded))); out != "{\n  \"image\": \"r/******:\\u202e\",\n  \"a\": [\"<b>\", 1]\n}\n" {
		t.Error(out)
	}
}

// A long name of an image is not a secret, though it looks like a token.
func TestKnownIsCertain(t *testing.T) {
	var k redact.Known
	k.AddFile([]byte("image: {repository: acme/OrkesConductorServerRelease2026Build7}\nname: eyJhdXRocyI6eyJyIjp7fX19\n"))
	if out := k.Text("acme/OrkesConductorServerRelease2026Build7 eyJhdXRocyI6eyJyIjp7fX19"); out !=
		"acme/OrkesConductorServerRelease2026Build7 ******" {
		t.Error(out)
	}
}
