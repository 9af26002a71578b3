package presets

import (
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"conductor-registry/model/chart"
	"conductor-registry/model/image"
	"conductor-registry/model/registry"
)

func all(t testing.TB) []*registry.Preset {
	t.Helper()
	c, err := Catalog()
	if err != nil {
		t.Fatal(err)
	}
	presets, err := c.Registries.All()
	if err != nil {
		t.Fatal(err)
	}
	return presets
}

// A list needs a place of its own for each preset, and the words to find it by. The last one is for any other registry.
func TestListsHaveAnOrder(t *testing.T) {
	taken := map[int]string{}
	presets := all(t)
	for _, p := range presets {
		if other := taken[p.Order]; other != "" || p.Order == 0 {
			t.Errorf("%s: order %d is missing or that of %q", p.ID, p.Order, other)
		}
		taken[p.Order] = p.ID
		if len(p.Keywords) == 0 {
			t.Errorf("%s needs keywords", p.ID)
		}
	}
	if last := presets[len(presets)-1]; last.ID != "generic" {
		t.Errorf("the last preset is %s, want generic", last.ID)
	}
}

// A file is named after its id, and index.json has its entry.
func TestEntriesAreThoseOfTheFiles(t *testing.T) {
	c, err := Catalog()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range c.Registries.Entries() {
		if p, ok := c.Registries.Preset(e.ID); !ok || !reflect.DeepEqual(p.Entry, e) {
			t.Errorf("%s: index.json has %+v", e.ID, e)
		}
	}
	for _, e := range c.Charts.Entries() {
		if p, err := c.Charts.Release(e.ID); err != nil || p.Entry != e {
			t.Errorf("chart %s: index.json has %+v, %v", e.ID, e, err)
		}
	}
}

func TestTheDocumentedChartIsTheDefault(t *testing.T) {
	c, err := Catalog()
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(c.Charts.IDs(), " "); got != "2.8 3.0 2.7" {
		t.Errorf("the charts are %s", got)
	}
}

func TestExamplesHold(t *testing.T) {
	for _, p := range all(t) {
		if len(p.Examples) == 0 {
			t.Errorf("%s needs examples", p.ID)
		}
		for _, e := range p.Examples {
			loc, wrong := p.Locate(e.Fields)
			for _, w := range wrong {
				t.Errorf("%s %v: %v", p.ID, e.Fields, w)
			}
			if got := loc.Registry(); got != e.Registry {
				t.Errorf("%s %v: registry %s, want %s", p.ID, e.Fields, got, e.Registry)
			}
			if e.AuthKey != "" && loc.AuthKey != e.AuthKey {
				t.Errorf("%s %v: auths key %s, want %s", p.ID, e.Fields, loc.AuthKey, e.AuthKey)
			}
			if e.Image != "" {
				checkImage(t, p, loc, e)
			}
		}
	}
}

func checkImage(t *testing.T, p *registry.Preset, loc registry.Location, e registry.Example) {
	t.Helper()
	name := e.Repository + ":" + e.Tag
	if !loc.ImpliedHost {
		name = loc.Registry() + "/" + name
	}
	if name != e.Image {
		t.Errorf("%s: image %s, want %s", p.ID, name, e.Image)
	}
	if err := image.Check(name); err != nil {
		t.Errorf("%s: %v", p.ID, err)
	}
	if err := p.CheckRepository(e.Repository); err != nil {
		t.Errorf("%s: %v", p.ID, err)
	}
	for id := range e.Fields {
		if err := p.Check(id, e.Fields); err != nil {
			t.Errorf("%s %s: %v", p.ID, id, err)
		}
	}
}

func TestRefusalsSayWhatIsRight(t *testing.T) {
	c, err := Catalog()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range all(t) {
		if len(p.Refused) == 0 {
			t.Errorf("%s needs refused", p.ID)
		}
		for _, r := range p.Refused {
			fields := map[string]string{r.Field: r.Value}
			maps.Copy(fields, r.With)
			err := p.CheckRepository(r.Repository)
			if r.Repository == "" {
				err = p.Check(r.Field, fields)
				if problem := c.Registries.CheckName(r.Value, ""); r.Field == "host" && err == nil && problem != nil {
					err = problem
				} else if _, wrong := p.Locate(fields); !slicesContain(wrong, r.Field) {
					t.Errorf("%s: Locate takes %s %q", p.ID, r.Field, r.Value)
				}
			}
			if err == nil || !strings.Contains(err.Error(), r.Says) {
				t.Errorf("%s %s %q%s: got %v, want it to say %q", p.ID, r.Field, r.Value, r.Repository, err, r.Says)
			} else if testing.Verbose() {
				t.Logf("%s %s %q%s: %v", p.ID, r.Field, r.Value, r.Repository, err)
			}
		}
	}
}

func slicesContain(wrong []registry.FieldError, id string) bool {
	for _, w := range wrong {
		if w.Field == id {
			return true
		}
	}
	return false
}

func TestTextsFitTheirPlaces(t *testing.T) {
	for _, p := range all(t) {
		fits := func(what, text string, limit int) {
			t.Helper()
			if n := utf8.RuneCountInString(text); n > limit {
				t.Errorf("%s %s has %d characters, %d fit: %q", p.ID, what, n, limit, text)
			}
			if strings.HasSuffix(text, ".") {
				t.Errorf("%s %s ends in a full stop: %q", p.ID, what, text)
			}
		}
		needs := func(what, text string, limit int) {
			t.Helper()
			if text == "" {
				t.Errorf("%s needs %s", p.ID, what)
			}
			fits(what, text, limit)
		}
		needs("title", p.Title, 28)
		needs("summary", p.Summary, 74)
		for _, f := range p.Fields {
			needs(f.ID+".label", f.Label, 22)
			needs(f.ID+".help", f.Help, 74)
			needs(f.ID+".example", f.Example, 50)
			fits(f.ID+".hint", f.Hint, 100)
			for _, c := range f.Choices {
				needs(f.ID+" choice "+c.Value, c.Label, 22)
				fits(f.ID+" choice "+c.Value, c.Help, 50)
			}
		}
		if !p.Login.None {
			fits("login.usernameHelp", p.Login.UsernameHelp, 74)
			needs("login.password.help", p.Login.Password.Help, 74)
			needs("login.lifetime", p.Login.Lifetime, 74)
			needs("login.password.from", p.Login.Password.From, 8)
			if p.Login.Username == "" {
				needs("login.usernameHelp", p.Login.UsernameHelp, 74)
			}
		}
		needs("secretName", p.SecretName, 63)
		fits("cache.login", p.Cache.Login, 120)
		for _, c := range p.Login.Credentials {
			needs("credential", c.What, 22)
			needs("credential "+c.What+" how", c.How, 90)
			needs("credential "+c.What+" lifetime", c.Lifetime, 90)
		}
		for i, s := range p.Secretless {
			needs("secretless.where", s.Where, 22)
			needs("secretless.how", s.How, 90)
			for _, condition := range s.Conditions {
				needs("secretless condition", condition, 90)
			}
			if i > 0 && s.Recommended && !p.Secretless[i-1].Recommended {
				t.Errorf("%s: secretless: %s is better than a pull secret: move it before those that are not", p.ID, s.Where)
			}
		}
		fits("push.access", p.Push.Access, 90)
		for _, r := range append(slices.Clone(p.Push.Before), p.Push.After...) {
			needs("push", r.What, 110)
		}
		for _, n := range p.Notes {
			needs("note", n.Text, 120)
		}
	}
}

// Each field accepts its own example and default, and has no setting without effect.
func TestFieldsAreSound(t *testing.T) {
	for _, p := range all(t) {
		for _, f := range p.Fields {
			for _, value := range []string{f.Example, f.Default} {
				if err := p.Check(f.ID, map[string]string{f.ID: value}); value != "" && err != nil {
					t.Errorf("%s.%s: %q: %v", p.ID, f.ID, value, err)
				}
			}
			if f.Unless != "" && !f.Required {
				t.Errorf("%s.%s: unless %s", p.ID, f.ID, f.Unless)
			}
		}
		if f, ok := p.Field("host"); !ok && p.ID != "dockerhub" || ok && f.Kind != "host" {
			t.Errorf("%s: every registry but Docker Hub takes a host", p.ID)
		}
		path := p.DefaultRepository("server")
		if err := p.CheckRepository(path); err != nil || !strings.HasSuffix(path, "-server") {
			t.Errorf("%s: default path %s: %v", p.ID, path, err)
		}
	}
}

// Every name in a template has a value.
func TestTemplates(t *testing.T) {
	name := regexp.MustCompile(`\{([a-zA-Z]+)\}`)
	for _, p := range all(t) {
		commands := append([]string{p.Login.Password.Command, p.AuthKey}, p.ImageCheck...)
		for _, c := range p.Login.Credentials {
			commands = append(commands, c.Commands...)
		}
		for _, s := range p.Secretless {
			commands = append(append(commands, s.Commands...), s.Check...)
		}
		extra := map[string]string{"repository": "r", "tag": "t", "image": "i"}
		for _, c := range commands {
			if left := name.FindString(p.Expand(c, registry.Location{}, extra)); left != "" {
				t.Errorf("%s: nothing fills %s in %q", p.ID, left, c)
			}
		}
		for _, trap := range traps(p) {
			for _, n := range name.FindAllStringSubmatch(trap.Say, -1) {
				if !strings.Contains(trap.Match.String(), "(?P<"+n[1]+">") {
					t.Errorf("%s: %q has no group %s", p.ID, trap.Match, n[1])
				}
			}
		}
	}
}

func traps(p *registry.Preset) []registry.Trap {
	out := p.Repository.Traps
	for _, f := range p.Fields {
		out = append(out, f.Traps...)
	}
	return out
}

// BenchmarkFirstFrame decodes what the wizard's first frame needs: the index and the default chart.
func BenchmarkFirstFrame(b *testing.B) {
	for b.Loop() {
		known, err := readIndex()
		if err != nil {
			b.Fatal(err)
		}
		if _, err := decode(chartFile(known.Charts[0].ID), chart.DecodeProfile); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkLoadAll decodes all built-in files.
func BenchmarkLoadAll(b *testing.B) {
	for b.Loop() {
		known, err := readIndex()
		if err != nil {
			b.Fatal(err)
		}
		for _, e := range known.Registries {
			if _, err := decode("registries/"+e.ID+".yaml", DecodePreset); err != nil {
				b.Fatal(err)
			}
		}
		for _, e := range known.Charts {
			if _, err := decode(chartFile(e.ID), chart.DecodeProfile); err != nil {
				b.Fatal(err)
			}
		}
	}
}
