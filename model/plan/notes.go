package plan

import (
	"fmt"
	"slices"
	"strings"

	"conductor-registry/model/values"
)

// hint is what the chart wants to be minded when it is installed with these values.
func (e *Environment) hint() string {
	values, err := values.Load(e.sources()...)
	if err != nil { // told when they were resolved
		return ""
	}
	return e.Profile.Install.Hint(values)
}

// expiry says when the secret has to be made again, where that is soon; "" is the usual case.
func (e *Environment) expiry() string {
	for _, l := range e.Secret.Logins {
		if l.Expires {
			return fmt.Sprintf("the login for %s works for %s: run this again before that, or new pods can't pull", l.AuthKey,
				l.Lifetime)
		}
	}
	return ""
}

// joined is one note of several; an empty one is none.
func joined(notes ...string) string {
	return strings.Join(slices.DeleteFunc(notes, func(note string) bool { return note == "" }), "; ")
}

// better says how the nodes could do without the secret where that is better; "" is the usual case.
func (e *Environment) better() string {
	for _, c := range e.Components {
		if way, ok := c.Preset.RecommendedSecretless(c.Location.Fields); ok {
			return "on " + way.Where + " nodes can pull without a secret, which is better: see conductor-registry presets " +
				c.Preset.ID + ", and choose the method none"
		}
	}
	return ""
}
