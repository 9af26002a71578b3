package chart

import "testing"

// TestTheChartsOwnSchemaCounts: an old chart allows what the profile's newest release refuses, and the other way round.
func TestTheChartsOwnSchemaCounts(t *testing.T) {
	p := &Profile{Name: "orkes-conductor", Schema: Schema{Types: map[string][]string{"string": {"secrets.ssmPath"}}},
		Components: []Component{{Name: "server", Repository: Chain{Paths: []string{"image.repository"}}, Tag: Chain{Else: "1"}},
			{Name: "workers", Repository: Chain{Paths: []string{"workerImage.repository"}}, Tag: Chain{Else: "1"}}}}
	local := LocalChart{Name: "orkes-conductor-standalone", Defaults: map[string]any{"image": map[string]any{"repository": "a"},
		"secrets": map[string]any{"ssmPath": nil}}}
	values := load(t, "secrets: {ssmPath: 5}")
	if r := p.For(local).Resolve(values); r.Error != nil || len(r.Components) != 1 {
		t.Errorf("without a schema: %v, components %v", r.Error, r.Components)
	}
	local.Schema = []byte(`{"properties": {"secrets": {"type": "object", "required": ["x"], "properties": {"ssmPath": {"type": ["string", "null"]},
		"type": {"enum": ["ssm"]}}}, "list": {"type": "array", "items": {"type": "string"}}}}`)
	r := p.For(local).Resolve(load(t, "secrets: {ssmPath: 5, type: b}\nlist: [1]"))
	want := []string{"at '/list/0': got number, want string", "at '/secrets': missing property 'x'",
		"at '/secrets/ssmPath': got number, want null or string", "at '/secrets/type': value must be one of 'ssm'"}
	if r.Error == nil || len(r.Error.Details) != len(want) {
		t.Fatalf("got %+v", r.Error)
	}
	for i, detail := range r.Error.Details {
		if detail != want[i] {
			t.Errorf("got %q, want %q", detail, want[i])
		}
	}
}
