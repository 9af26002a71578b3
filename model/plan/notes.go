package plan

import (
	"fmt"
	"slices"
	"strings"

	"conductor-registry/model/values"
)

// hint returns the chart's note about installing it with these values, or "".
func (e *Environment) hint() string {
	loaded, err := values.Load(e.sources()...)
	if err != nil { // resolve reports it
		return ""
	}
	return e.Profile.Install.Hint(loaded)
}

// expiry returns when the secret has to be created again, or "" where its credentials do not expire soon.
func (e *Environment) expiry() string {
	for _, l := range e.Secret.Logins {
		if l.Expires {
			return fmt.Sprintf("the credentials for %s expire after %s: run this again before that, or new pods cannot pull",
				l.AuthKey, l.Lifetime)
		}
	}
	return ""
}

// joined returns one note from several, without the empty ones.
func joined(notes ...string) string {
	return strings.Join(slices.DeleteFunc(notes, func(note string) bool { return note == "" }), "; ")
}

// better returns how the nodes could pull without the secret where that is better, or "".
func (e *Environment) better() string {
	for _, c := range e.Components {
		if way, ok := c.Preset.RecommendedSecretless(c.Location.Fields); ok {
			return "on " + way.Where + " nodes can pull without a secret (recommended): see conductor-registry presets " +
				c.Preset.ID + ", and choose the method none"
		}
	}
	return ""
}
