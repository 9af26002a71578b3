package verify

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"

	"conductor-registry/model"
	"conductor-registry/model/chart"
	"conductor-registry/model/convert"
	"conductor-registry/model/values"
	"conductor-registry/presets/presetstest"
	"conductor-registry/verify/helm"
)

// filler stands in each generated file; no byte of it may change.
const filler = "# head\n\nredis:   # not ours\n   host:  'r'\t# end\n   ports: [ 1,2 ]\n\n# tail\napp: {env: aws,   replicaCount: 2}\n"

// conversion is a file that was converted, and what came of it.
type conversion struct {
	from, to *chart.Profile
	old      string
	result   *convert.Converted
}

// whole reports that everything was carried over.
func (c conversion) whole() bool {
	return c.result.Data != nil && !slices.ContainsFunc(c.result.Problems, func(p model.Problem) bool {
		return p.Severity != model.Info
	})
}

// parsed returns a values file.
func parsed(t *testing.T, name string, data []byte) *values.File {
	t.Helper()
	file, err := values.Parse(values.Source{Name: name, Data: data})
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// conversions are generated files, each converted from every chart to every other one.
func conversions(t *testing.T, count int) []conversion {
	profiles := presetstest.Catalog(t).Charts.All()
	var out []conversion
	for _, from := range profiles {
		random := generator{rand.New(rand.NewPCG(5, 92)), from}
		for range count {
			old := random.file()
			switch {
			case strings.HasPrefix(old, "\uFEFF"):
			case strings.HasPrefix(old, "---\n"):
				old = "---\n" + filler + strings.TrimPrefix(old, "---\n")
			default:
				old = filler + old
			}
			for _, to := range profiles {
				file, err := values.Parse(values.Source{Name: "values.yaml", Data: []byte(old)})
				if err != nil {
					continue
				}
				out = append(out, conversion{from, to, old, convert.Convert(file, from, to)})
			}
		}
	}
	return out
}

// A converted file gives the pods what the old one decided, or a problem says why not; nothing else of it changes, and
// there is nothing left to convert.
func TestConversionsKeepWhatTheFileDecides(t *testing.T) {
	refused, whole, all := 0, 0, conversions(t, 200)
	for _, c := range all {
		if c.result.Data == nil {
			refused++
			if len(c.result.Problems.Errors()) == 0 {
				t.Fatalf("nothing was made, and no error says why:\n%s", indented(c.old))
			}
			continue
		}
		if strings.Contains(c.old, filler) && !bytes.Contains(c.result.Data, []byte(filler)) {
			t.Fatalf("%s to %s touches what is not its own:\n%s\n%s", c.from.ID, c.to.ID, indented(c.old), indented(string(c.result.Data)))
		}
		if c.whole() {
			whole++
		}
		if err := errors.Join(c.keeps(c.result.Before, c.result.After), c.othersStay()); err != nil {
			t.Errorf("%s to %s: %v\n%s\n  becomes\n%s", c.from.ID, c.to.ID, err, indented(c.old), indented(string(c.result.Data)))
		}
		again := convert.Convert(parsed(t, "values.yaml", c.result.Data), c.to, c.to)
		if !bytes.Equal(again.Data, c.result.Data) {
			t.Errorf("%s to %s, and then again, changes more", c.from.ID, c.to.ID)
		}
	}
	t.Logf("%d conversions: %d carry all over, %d are refused", len(all), whole, refused)
	if whole < len(all)/4 || refused > len(all)/2 {
		t.Errorf("of %d conversions %d carry all over and %d are refused: the test sees too little", len(all), whole, refused)
	}
}

// keeps reports an error unless the new file gives what the old one decides, or a warning names the key that decides it.
func (c conversion) keeps(before, after *chart.Resolution) error {
	old, err := values.Load(values.Source{Data: []byte(c.old)})
	if err != nil {
		return err
	}
	lost := func(origins ...chart.Origin) bool { // the file decided it, and no warning says that it is lost
		for _, o := range origins {
			if _, ok := old.Lookup(o.From); ok {
				return !slices.ContainsFunc(c.result.Problems, func(p model.Problem) bool {
					return p.Severity == model.Warning && p.Path == o.From
				})
			}
		}
		return false
	}
	for name, was := range before.Components {
		is := after.Components[name]
		for _, part := range []struct {
			was, is any
			lost    bool
		}{
			{trimTag(was), trimTag(is), lost(was.Trace.Repository, was.Trace.Registry)},
			{fmt.Sprint(was.Trace.Tag.Value), fmt.Sprint(is.Trace.Tag.Value), lost(was.Trace.Tag)},
			{was.PullPolicy, is.PullPolicy, lost(was.Trace.PullPolicy)},
			{was.PullSecrets, is.PullSecrets, lost(was.Trace.PullSecrets)},
		} {
			if part.lost && !reflect.DeepEqual(part.was, part.is) {
				return fmt.Errorf("%s had %v and gets %v", name, part.was, part.is)
			}
		}
	}
	return nil
}

func trimTag(c *chart.ResolvedComponent) string {
	return strings.TrimSuffix(c.Image, fmt.Sprint(":", c.Trace.Tag.Value))
}

// othersStay reports an error unless all keys that set no image or secret are unchanged.
func (c conversion) othersStay() error {
	old, made := map[string]any{}, map[string]any{}
	if err := yaml.Unmarshal([]byte(c.old), &old); err != nil {
		return err
	}
	if err := yaml.Unmarshal(c.result.Data, &made); err != nil {
		return err
	}
	for _, p := range []*chart.Profile{c.from, c.to} {
		logins := []string{"imageCredentials", "customImagePullSecrets"}
		for _, path := range slices.Concat(p.ReadKeys(), p.SetKeys(), p.UnreadKeys(), logins) {
			without(old, strings.Split(path, "."))
			without(made, strings.Split(path, "."))
		}
	}
	if !reflect.DeepEqual(old, made) {
		return fmt.Errorf("other keys change: %v, and were %v", made, old)
	}
	return nil
}

// without takes out a path, and the tables that are empty then.
func without(tree map[string]any, path []string) {
	if below, ok := tree[path[0]].(map[string]any); ok && len(path) > 1 {
		without(below, path[1:])
	} else if len(path) == 1 {
		delete(tree, path[0])
	}
	maps.DeleteFunc(tree, func(key string, value any) bool {
		below, isTable := value.(map[string]any)
		return key == path[0] && (value == nil || isTable && len(below) == 0)
	})
}

// Helm renders from the new file, under the new chart, what it renders from the old one under the old chart.
func TestHelmRendersConversionsAlike(t *testing.T) {
	all := slices.DeleteFunc(conversions(t, 60), func(c conversion) bool {
		return c.result.Data == nil || strings.Contains(c.old, "---") || c.from.ID == c.to.ID
	})
	compareRenderings(t, all, len(all)/3)
}

// compareRenderings reports an error unless both charts render at least so many of the conversions.
func compareRenderings(t *testing.T, all []conversion, least int) {
	t.Helper()
	for _, program := range helms() {
		t.Run(program, func(t *testing.T) {
			olds, news := map[string][]string{}, map[string][]string{}
			for _, c := range all {
				olds[c.from.ID] = append(olds[c.from.ID], complete(c.from, c.old))
				news[c.to.ID] = append(news[c.to.ID], complete(c.to, string(c.result.Data)))
			}
			before, after := map[string][]rendering{}, map[string][]rendering{}
			for _, id := range slices.Sorted(maps.Keys(olds)) {
				before[id] = render(t, program, id, olds[id]...)
			}
			for _, id := range slices.Sorted(maps.Keys(news)) {
				after[id] = render(t, program, id, news[id]...)
			}
			compared := 0
			for _, c := range all {
				was, is := before[c.from.ID][0], after[c.to.ID][0]
				before[c.from.ID], after[c.to.ID] = before[c.from.ID][1:], after[c.to.ID][1:]
				if was.Error != "" || is.Error != "" {
					continue
				}
				compared++
				if err := c.rendersAlike(was, is); err != nil {
					t.Errorf("%s to %s: %v\n%s\n  becomes\n%s", c.from.ID, c.to.ID, err, indented(c.old),
						indented(string(c.result.Data)))
				}
			}
			if compared < least {
				t.Errorf("only %d of %d conversions were rendered", compared, len(all))
			}
		})
	}
}

// complete adds what the chart requires, unless the file has it.
func complete(p *chart.Profile, file string) string {
	for _, files := range p.Install.BaseValues() {
		if !strings.Contains(file, "conductor:") {
			file = strings.TrimSuffix(file, "\n") + "\n" + string(files.Data)
		}
	}
	return file
}

func (c conversion) rendersAlike(was, is rendering) error {
	before, err := rendered(c.from, c.result.Before, was)
	if err != nil {
		return err
	}
	after, err := rendered(c.to, c.result.After, is)
	if err != nil {
		return err
	}
	return c.keeps(before, after)
}

// rendered is a resolution with what helm made instead of what was resolved; the origins stay.
func rendered(p *chart.Profile, resolved *chart.Resolution, r rendering) (*chart.Resolution, error) {
	read, err := helm.ParseManifests([]byte(r.Manifest))
	if err != nil {
		return nil, err
	}
	out := &chart.Resolution{Components: map[string]*chart.ResolvedComponent{}}
	found := helm.Assign(p.Components, read.Pods)
	for name, c := range resolved.Components {
		pod := found[name]
		container := pod.Main()
		out.Components[name] = &chart.ResolvedComponent{Image: fmt.Sprint(container.Image), PullPolicy: container.PullPolicy,
			PullSecrets: pod.PullSecrets, Trace: c.Trace}
	}
	return out, nil
}

// The values that the program writes, converted to the other charts, give the pods the same, by resolve and by helm.
func TestScenariosConvert(t *testing.T) {
	c := presetstest.Catalog(t)
	profiles := c.Charts.All()
	var all []conversion
	for _, s := range presetstest.Scenarios(t, c) {
		path, data := s.Name, presetstest.Plan(t, c, s.Answers).Environments[0].Values
		source := parsed(t, path, data)
		from, _ := convert.Guess(source, profiles)
		if from == nil || from.ID != s.Chart {
			t.Fatalf("%s is for chart %s, and %v is guessed", path, s.Chart, from)
		}
		for _, to := range profiles {
			result := convert.Convert(source, from, to)
			if result.Data == nil {
				t.Fatal(path, to.ID, result)
			}
			made := conversion{from, to, string(data), result}
			if err := made.keeps(result.Before, result.After); err != nil {
				t.Errorf("%s to %s: %v", path, to.ID, err)
			}
			if from.ID != to.ID {
				all = append(all, made)
			}
		}
	}
	compareRenderings(t, all, len(all))
}

// The same answers for two charts, one file converted: it gives the pods what the other chart's own file gives them, but
// for tags, of which each has its chart's.
func TestConvertedScenariosMeetThoseOfTheOtherChart(t *testing.T) {
	c := presetstest.Catalog(t)
	profiles, written := c.Charts.All(), map[string]map[string][]byte{} // values by preset and chart
	for _, s := range presetstest.Scenarios(t, c) {
		if s.Pattern != "full-name" {
			continue
		}
		if written[s.Preset] == nil {
			written[s.Preset] = map[string][]byte{}
		}
		written[s.Preset][s.Chart] = presetstest.Plan(t, c, s.Answers).Environments[0].Values
	}
	for preset, file := range written {
		for _, from := range profiles {
			for _, to := range profiles {
				converted := convert.Convert(parsed(t, "", file[from.ID]), from, to)
				if converted.Data == nil {
					t.Fatal(converted)
				}
				own := convert.Convert(parsed(t, "", file[to.ID]), to, to)
				leftToTheChart := from.ID == "2.7" || to.ID == "2.7" ||
					slices.ContainsFunc(converted.Problems, func(p model.Problem) bool { return p.Rule == "pull-secret-default" })
				for name, want := range own.After.Components {
					got := converted.After.Components[name]
					if trimTag(got) != trimTag(want) || got.PullPolicy != want.PullPolicy ||
						!leftToTheChart && !reflect.DeepEqual(got.PullSecrets, want.PullSecrets) {
						t.Errorf("%s from %s to %s: %s gets %v, and %v there", preset, from.ID, to.ID, name, got, want)
					}
				}
			}
		}
	}
}
