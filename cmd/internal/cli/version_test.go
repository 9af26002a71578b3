package cli

import (
	"runtime/debug"
	"testing"
)

func TestCommit(t *testing.T) {
	revision, modified := debug.BuildSetting{Key: "vcs.revision", Value: "336c4d3"}, debug.BuildSetting{Key: "vcs.modified", Value: "true"}
	for want, settings := range map[string][]debug.BuildSetting{
		"": {}, "336c4d3": {revision, {Key: "vcs.modified", Value: "false"}}, "336c4d3-dirty": {revision, modified},
	} {
		if got := commitOf(&debug.BuildInfo{Settings: settings}); got != want {
			t.Errorf("%v: got %q, want %q", settings, got, want)
		}
	}
}
