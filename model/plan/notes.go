package plan

import (
	"fmt"
	"slices"
	"strings"

	"conductor-registry/model/shell"
	"conductor-registry/model/values"
)

// hint returns the chart's note about installing it with these values, or "".
func (e *Environment) hint() string {
	loaded, err := values.Load(e.sources()...)
	if err != nil { // resolve reports it
		return ""
	}
	missing := e.Profile.Missing(loaded)
	for _, value := range missing {
		path, text, _ := strings.Cut(value, "=")
		values.Set(loaded.Map(), path, text)
	}
	note := e.Profile.Install.Hint(loaded)
	if len(missing) > 0 {
		var paths []string
		for _, value := range missing {
			path, _, _ := strings.Cut(value, "=")
			paths = append(paths, "--set "+e.OuterPath(path))
		}
		note = joined(note, "leave out "+strings.Join(paths, " ")+" if your own values set it")
	}
	if e.reference() == parentChart {
		note = joined("replace "+parentChart+" by the chart that has the subchart "+e.Under, note)
	}
	return note
}

// missing returns a --set flag for each value that the chart needs and these values do not have.
func (e *Environment) missing() []string {
	loaded, err := values.Load(e.sources()...)
	if err != nil { // resolve reports it
		return nil
	}
	var out []string
	for _, value := range e.Profile.Missing(loaded) {
		path, text, _ := strings.Cut(value, "=")
		out = append(out, "--set "+e.OuterPath(path)+"="+shell.Quote(text))
	}
	return out
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

// MissingValues returns the values that an installation must have and that neither the values file nor the chart sets, as
// PATH=VALUE.
func (e *Environment) MissingValues() ([]string, error) {
	loaded, err := e.load()
	if err != nil {
		return nil, err
	}
	return e.Profile.Missing(loaded), nil
}

// objectKind returns the kind of the Kubernetes object that the values are in; "" for a values file.
func (e *Environment) objectKind() string {
	if e.Base.Name == "" || e.Overlay {
		return ""
	}
	file, err := values.Parse(e.Base)
	if err != nil {
		return ""
	}
	return file.Kind
}
