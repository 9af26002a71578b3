package convert

import (
	"conductor-registry/model/chart"
	"conductor-registry/model/values"
)

// Reading is a values file as its own chart takes it.
type Reading struct {
	Values     *values.Values
	Resolution *chart.Resolution // of its images, policies and pull secrets, whatever else the chart refuses in it
	Refused    *chart.Refusal    // why the chart does not take the whole file; nil when it does
	Pull       Pull
	Made       bool // the chart makes the secret that the pods name
}

// Read says what a values file gives the pods, and the pull secret that it means. The error says that it is no YAML; it
// is a *values.ParseError.
func Read(source values.Source, p *chart.Profile) (*Reading, error) {
	values, err := values.Load(source)
	if err != nil {
		return nil, err
	}
	c := &conversion{source: source, from: p, to: p, values: values}
	if c.keys, err = newKeys(p, p); err != nil {
		return nil, err
	}
	out := &Reading{Values: values}
	if c.before, out.Refused = c.resolve(p, source.Data); c.before.Error == nil {
		out.Pull = c.pull()
		secrets := c.before.Components[p.Components[0].Name].PullSecrets
		out.Made = len(secrets) > 0 && isMade(c.before, secrets[0])
	}
	out.Resolution = c.before
	return out, nil
}
