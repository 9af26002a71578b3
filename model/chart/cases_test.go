package chart

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"conductor-registry/model/image"
	"conductor-registry/model/values"
)

// profile returns a built-in profile.
func profile(t testing.TB, id string) *Profile {
	t.Helper()
	data, err := os.ReadFile("../../presets/charts/" + id + ".yaml")
	if err != nil {
		t.Fatal(err)
	}
	p, err := DecodeProfile(id+".yaml", data)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// load loads one values file, which must be right.
func load(t testing.TB, text string) *values.Values {
	t.Helper()
	v, err := values.Load(values.Source{Name: "values.yaml", Data: []byte(text)})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// helmCase is a line of testdata/*.jsonl: values and what Helm 3.22 rendered from them.
type helmCase struct {
	ID             string   `json:"id"`
	Values         string   `json:"values"`
	ServerImage    string   `json:"server_image"`
	WorkersImage   string   `json:"workers_image"`
	ServerPolicy   any      `json:"server_pull_policy"`
	WorkersPolicy  any      `json:"workers_pull_policy"`
	ServerSecrets  []any    `json:"server_pull_secrets"`
	WorkersSecrets []any    `json:"workers_pull_secrets"`
	Unparsable     []string `json:"unparsable_images"`
	ErrorKind      string   `json:"error_kind"`
	SchemaErrors   []string `json:"schema_errors"`
	Created        []struct {
		Name any
		Type string
	} `json:"secrets_created"`
}

// TestHelmCases holds the resolver against what Helm rendered.
func TestHelmCases(t *testing.T) {
	files, _ := filepath.Glob("testdata/*.jsonl")
	if len(files) == 0 {
		t.Fatal("no cases")
	}
	for _, file := range files {
		id := ""
		if _, version, ok := strings.Cut(strings.TrimSuffix(filepath.Base(file), ".jsonl"), "-"); ok {
			id = version[:strings.LastIndex(version, ".")]
		}
		p := profile(t, id)
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(bytes.NewReader(data))
		lines.Buffer(nil, 1<<20)
		for lines.Scan() {
			var c helmCase
			if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
				t.Fatal(err)
			}
			t.Run(c.ID, func(t *testing.T) { c.compare(t, p.Resolve(load(t, c.Values))) })
		}
	}
}

func (c helmCase) compare(t *testing.T, r *Resolution) {
	if c.ErrorKind != "" {
		if r.Error == nil || r.Error.Kind != c.ErrorKind || r.Components != nil {
			t.Fatalf("error = %+v, want kind %s", r.Error, c.ErrorKind)
		}
		if !same(r.Error.Details, c.SchemaErrors) {
			t.Errorf("schema errors = %q, want %q", r.Error.Details, c.SchemaErrors)
		}
		return
	}
	if r.Error != nil {
		t.Fatalf("error = %+v, want none", r.Error)
	}
	c.component(t, r, "server", c.ServerImage, c.ServerPolicy, c.ServerSecrets)
	c.component(t, r, "workers", c.WorkersImage, c.WorkersPolicy, c.WorkersSecrets)
	var made, created []string
	for _, s := range r.Secrets {
		made = append(made, fmt.Sprint(s.Name))
	}
	for _, s := range c.Created {
		if s.Type == secretType {
			created = append(created, fmt.Sprint(cmp.Or[any](s.Name, "")))
		}
	}
	if !same(made, created) {
		t.Errorf("secrets = %q, want %q", made, created)
	}
	c.unparsable(t, r)
}

func (c helmCase) component(t *testing.T, r *Resolution, name, image string, policy any, secrets []any) {
	got := r.Components[name]
	if got.Image != image || got.PullPolicy != cmp.Or[any](policy, "") {
		t.Errorf("%s = %q %v, want %q %v", name, got.Image, got.PullPolicy, image, policy)
	}
	for i, secret := range secrets {
		secrets[i] = cmp.Or[any](secret, "")
	}
	if fmt.Sprintf("%#v", got.PullSecrets) != fmt.Sprintf("%#v", secrets) {
		t.Errorf("%s pull secrets = %#v, want %#v", name, got.PullSecrets, secrets)
	}
}

// unparsable checks that exactly the images are refused that no kubelet can parse. Where the API server cannot even read the
// Deployment (a policy or name that is not text) the cases list no such images.
func (c helmCase) unparsable(t *testing.T, r *Resolution) {
	for name, got := range r.Components {
		want := slices.ContainsFunc(c.Unparsable, func(line string) bool { return strings.HasPrefix(line, got.Image+": ") })
		refused := image.Check(got.Image) != nil
		if _, text := got.PullPolicy.(string); !text && refused {
			continue
		}
		if want != refused {
			t.Errorf("%s %q: refused %v, want %v", name, got.Image, refused, want)
		}
	}
}

// same compares two lists as sets.
func same(a, b []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}
