package convert

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"conductor-registry/model/answers"
	"conductor-registry/model/values"
	"conductor-registry/presets/presetstest"
)

func digest(n int) string { return fmt.Sprintf("sha256:%064d", n) }

func short(text string) string {
	for n := range 10 {
		text = strings.ReplaceAll(text, digest(n), fmt.Sprintf("sha256:%d", n))
	}
	return text
}

// The server gets the digest 1 and the workers get 2, or both get 1.
func TestPinValues(t *testing.T) {
	for _, test := range []struct {
		name, chart, values string
		same                bool
		want, says          string
	}{
		{"one key for both", "2.8", "global:\n  image:\n    tag: \"5\"\n", false,
			"global:\n  image:\n    tag: \"5\"\nserver:\n  image:\n    tag: \"5@sha256:1\"\nworkers:\n  image:\n    tag: \"5@sha256:2\"\n", ""},
		{"one key for the same digest", "2.8", "global:\n  image:\n    tag: \"5\" # all\n", true,
			"global:\n  image:\n    tag: \"5@sha256:1\" # all\n", ""},
		{"the chart's own tag", "2.8", "server: {image: {repository: a/b}}\n", false,
			"server: {image: {repository: a/b, tag: \"5.2.42@sha256:1\"}}\nworkers:\n  image:\n    tag: \"5.2.42@sha256:2\"\n", ""},
		{"own and shared", "2.8", "global: {image: {tag: \"5\"}}\nworkers: {image: {tag: '6'}}\n", false,
			"global: {image: {tag: \"5@sha256:1\"}}\nworkers: {image: {tag: \"6@sha256:2\"}}\n", ""},
		{"pinned before", "2.8", "server: {image: {tag: \"5@sha256:9\"}}\nworkers: {image: {tag: \"5@sha256:2\"}}\n", false,
			"server: {image: {tag: \"5@sha256:1\"}}\nworkers: {image: {tag: \"5@sha256:2\"}}\n", ""},
		{"chart 2.7", "2.7", "image: {tag: \"5\"}\n", false,
			"image: {tag: \"5@sha256:1\"}\nworkerImage:\n  tag: \"5.2.42@sha256:2\"\n", ""},
		{"chart 3.0", "3.0", "image: {tag: \"5\"}\n", false, "image: {tag: \"5\"}\n", "one-tag-for-all"},
		{"chart 3.0 with one image", "3.0", "image: {tag: \"5\"}\n", true, "image: {tag: \"5@sha256:1\"}\n", ""},
		{"chart 3.0, the chart's own tag", "3.0", "image: {pullPolicy: Always}\n", true,
			"image: {pullPolicy: Always, tag: \"5.2.78@sha256:1\"}\n", ""},
		{"an alias", "2.8", "a: &t \"5\"\nserver: {image: {tag: *t}}\n", false, "", "edit-refused"},
		{"refused", "2.8", "server: {image: {tag: 5}}\n", false, "", "pin-refused"},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := presetstest.Catalog(t)
			profile, err := c.Chart(test.chart)
			if err != nil {
				t.Fatal(err)
			}
			sources := append(profile.Install.BaseValues(), values.Source{Name: "values.yaml", Data: []byte(test.values)})
			values, err := values.Load(sources...)
			if err != nil {
				t.Fatal(err)
			}
			resolution := profile.Resolve(values)
			var pins []Pin
			for i, component := range profile.Components {
				n := i + 1
				if test.same {
					n = 1
				}
				tag := "5"
				if r := resolution.Components[component.Name]; r != nil {
					tag = fmt.Sprint(r.Trace.Tag.Value)
				}
				pins = append(pins, NewPin(Slot{Component: component.Name}, tag, digest(n)))
			}
			r := PinValues(sources, profile, nil, pins)
			var rules []string
			for _, p := range r.Problems {
				rules = append(rules, p.Rule)
			}
			if got := short(string(r.Data)); got != test.want || strings.Join(rules, " ") != test.says {
				t.Errorf("%v\n%s\nwant\n%s", r.Problems, got, test.want)
			}
		})
	}
}

// In answers with any tags, the pinned ones get their digest and no other one changes.
func TestPinAnswersChangesNoOtherTag(t *testing.T) {
	c := presetstest.Catalog(t)
	random := rand.New(rand.NewPCG(1, 2))
	scopes := []string{"", "components.server.", "components.workers."}
	ways := map[string]int{}
	for range 400 {
		a := answers.New()
		a.Set("registry.provider", "generic")
		environments := []string{"dev", "prod", "test"}[:random.IntN(4)]
		a.SetEnvironments(environments)
		prefixes := []string{""}
		for _, env := range environments {
			prefixes = append(prefixes, "environments."+env+".")
		}
		for _, prefix := range prefixes {
			for _, scope := range scopes {
				if random.IntN(3) == 0 {
					a.Set(prefix+scope+"tag", []string{"5", "6", "7@" + digest(9)}[random.IntN(3)])
				}
			}
		}
		data := a.Encode()
		before := answeredTags(c, a)
		var pins []Pin
		want := map[Slot]string{}
		for _, env := range a.EnvironmentNames() {
			for i, component := range []string{"server", "workers"} {
				slot := Slot{env, component}
				want[slot] = before[slot]
				if random.IntN(4) > 0 {
					p := NewPin(slot, before[slot], digest(i+random.IntN(2)))
					if before[slot] == "" {
						p = NewPin(slot, "5.2.42", digest(i+random.IntN(2)))
						p.Was = ""
					}
					pins, want[slot] = append(pins, p), p.Want
				}
			}
		}
		r := PinAnswers(values.Source{Name: "answers.yaml", Data: data}, c, pins)
		if len(r.Problems) > 0 || len(r.Pins) != len(pins) {
			t.Fatalf("%v\n%s", r.Problems, data)
		}
		after, problems := answers.Decode("answers.yaml", r.Data)
		if len(problems) > 0 || !maps.Equal(answeredTags(c, after), want) {
			t.Fatalf("%v\n%s\nbecame\n%s\nwanted %v", problems, data, short(string(r.Data)), want)
		}
		for _, p := range r.Pins {
			ways[p.State()]++
			if p.Key != "" && after.Get(p.Key) != p.Want {
				t.Errorf("%s is reported in %s", p.Want, p.Key)
			}
		}
		again := PinAnswers(values.Source{Name: "answers.yaml", Data: r.Data}, c, repinned(pins))
		if !bytes.Equal(again.Data, r.Data) {
			t.Errorf("again it became\n%s\nfrom\n%s", again.Data, r.Data)
		}
	}
	if ways[New] == 0 || ways[Moved] == 0 {
		t.Errorf("the answers were too few: %v", ways)
	}
}

// repinned returns the same pins for a file that has them.
func repinned(pins []Pin) []Pin {
	out := slices.Clone(pins)
	for i := range out {
		out[i].Was = out[i].Want
	}
	return out
}

// An environment whose chart cannot be pinned does not prevent the others.
func TestPinAnswersOfSeveralCharts(t *testing.T) {
	data := "version: 1\nregistry: {provider: generic, host: r.io}\ntag: \"5\"\nenvironments:\n  new: {chart: \"3.0\"}\n  old: {}\n"
	var pins []Pin
	for _, env := range []string{"new", "old"} {
		for i, component := range []string{"server", "workers"} {
			pins = append(pins, NewPin(Slot{env, component}, "5", digest(i+1)))
		}
	}
	r := PinAnswers(values.Source{Name: "answers.yaml", Data: []byte(data)}, presetstest.Catalog(t), pins)
	if len(r.Problems) != 1 || r.Problems[0].Rule != "one-tag-for-all" || !strings.Contains(r.Problems[0].Summary, "pinned in new") {
		t.Error(r.Problems)
	}
	var states []string
	for _, p := range r.Pins {
		states = append(states, p.State()+" "+p.Key)
	}
	want := "impossible , impossible , new environments.old.components.server.tag, new environments.old.components.workers.tag"
	if got := strings.Join(states, ", "); got != want {
		t.Errorf("%s\n%s", got, short(string(r.Data)))
	}
}
