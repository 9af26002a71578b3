package model_test

import (
	"testing"

	"conductor-registry/model"
)

// A summary that contains the path only as a part of another word or path does not name it.
func TestStatementNamesThePath(t *testing.T) {
	for _, tt := range []struct{ path, summary, want string }{
		{"tag", "5.2 is a number", "tag: 5.2 is a number"},
		{"tag", "tag is empty", "tag is empty"},
		{"tag", "staging has no image", "tag: staging has no image"},
		{"image.tag", "server.image.tag overrides it", "image.tag: server.image.tag overrides it"},
		{"global.image", "global.image.registry is empty", "global.image: global.image.registry is empty"},
		{"global.image", "global.image[0] is a number", "global.image: global.image[0] is a number"},
		{"server", "the server-image is empty", "server: the server-image is empty"},
		{"server.image.tag", `remove "server.image.tag"`, `remove "server.image.tag"`},
		{"tag", "staging uses tag.", "staging uses tag."},
		{"größe", "übergröße is unknown", "größe: übergröße is unknown"},
		{"", "no answer", "no answer"},
	} {
		if got := (model.Problem{Path: tt.path, Summary: tt.summary}).Statement(); got != tt.want {
			t.Errorf("path %q and summary %q: got %q, want %q", tt.path, tt.summary, got, tt.want)
		}
	}
}
