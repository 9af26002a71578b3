// Package verify renders a chart with helm and compares the result with what the model resolved. It trusts neither and
// reports where they differ. It changes nothing.
package verify

import (
	"context"
	"errors"

	"conductor-registry/model/chart"
	"conductor-registry/verify/helm"
)

// Report is the comparison, field by field.
type Report struct {
	FormatVersion string         `json:"formatVersion"`
	Helm          string         `json:"helm"` // its version, such as v3.22.0
	Chart         chart.Identity `json:"chart"`
	Agrees        bool           `json:"agrees"`
	Fields        []Field        `json:"fields"`
	Others        []Other        `json:"others"` // containers that are not of a component
	Refusals      *Refusals      `json:"refusals,omitempty"`
}

// Field is one value on both sides.
type Field struct {
	Component string `json:"component,omitempty"` // "" for what the chart has once
	Name      string `json:"field"`               // image, pullPolicy, pullSecrets, or secrets (created by the chart)
	Resolved  any    `json:"resolved"`
	Rendered  any    `json:"rendered"`
	From      string `json:"from,omitempty"` // the keys that decided it, as resolved
	Agrees    bool   `json:"agrees"`
}

// Other is a container that is not resolved, such as one of a Job.
type Other struct {
	Kind      string `json:"kind"`
	Name      string `json:"name"`
	Container string `json:"container"`
	Image     any    `json:"image"`
	Known     bool   `json:"known"` // it has the image of a component
}

// Refusals holds the reasons of those sides that refuse the values.
type Refusals struct {
	Resolve *chart.Refusal `json:"resolve,omitempty"`
	Helm    *chart.Refusal `json:"helm,omitempty"`
}

// Run renders the values and compares. The error says that helm cannot be run; its refusal is part of the report.
func Run(ctx context.Context, h *helm.Helm, profile *chart.Profile, resolution *chart.Resolution,
	request helm.Request) (*Report, error) {
	version, err := h.Version(ctx)
	if err != nil {
		return nil, err
	}
	report := &Report{FormatVersion: "1", Helm: version, Chart: resolution.Chart, Fields: []Field{}, Others: []Other{}}
	stream, err := h.Template(ctx, request)
	if failed, ok := errors.AsType[*helm.RefusedError](err); ok || resolution.Error != nil && err == nil {
		report.Refusals = &Refusals{Resolve: resolution.Error}
		if failed != nil {
			report.Refusals.Helm = &chart.Refusal{Kind: failed.Kind(), Message: failed.Error()}
		}
		report.Agrees = resolution.Error != nil && failed != nil
		return report, nil
	}
	if err != nil {
		return nil, err
	}
	rendered, err := helm.ParseManifests(stream)
	if err != nil {
		return nil, err
	}
	report.compare(profile, resolution, rendered)
	return report, nil
}
