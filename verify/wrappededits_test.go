package verify

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"conductor-registry/model/answers"
	"conductor-registry/model/chart"
	"conductor-registry/model/convert"
	"conductor-registry/model/lint"
	"conductor-registry/model/plan"
	"conductor-registry/model/values"
	"conductor-registry/presets/presetstest"
)

// place is where values are in a file: below a head, with a tail behind them, each line indented.
type place struct {
	name, head, tail, under string
	columns                 int
	isText                  bool // edits give the same bytes as in a file of their own
}

func places() []place {
	const (
		argo = "# ours\n\napiVersion: argoproj.io/v1alpha1 # v1\nkind:   Application\nmetadata: {name: &n 'x', labels: {a: *n}}\nspec:\n"
		flux = "%YAML 1.1\n---\napiVersion: v1\nkind:  Namespace\n...\n---\nkind: HelmRelease\napiVersion: helm.toolkit.fluxcd.io/v2\nspec:\n  interval:   10m\n"
		end  = "status: { a: [1,2] }   # end\n"
		more = end + "---\napiVersion: v1\nkind:  Service\nspec:\t{}\n...\n"
		set  = "apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nspec:\n  template:\n    spec:\n      sources:\n        - {ref: values}\n        - chart: orkes-conductor\n          helm:\n"
	)
	return []place{
		{name: "HelmRelease", head: flux + "  values:\n", tail: more, columns: 4},
		{name: "subchart in a HelmRelease", head: flux + "  values:\n    redis: {}\n    x:\n", tail: more, columns: 6, under: "x"},
		{name: "subchart", head: "redis:  {enabled: true}\nplatform:\n   x:\n", tail: "postgres:  {}\n", columns: 6, under: "platform.x"},
		{name: "valuesObject", head: argo + "  source:\n    helm:\n      valuesObject:\n", tail: end, columns: 8},
		{name: "text", head: argo + "  source:\n    helm:\n      values: |\n", tail: end, columns: 8, isText: true},
		{name: "text with a header", head: argo + "  source:\n    helm:\n      values: |2+ # ours\n", tail: end, columns: 8, isText: true},
		{name: "text that is stripped", head: argo + "  sources:\n  - helm:\n      values: |-\n        ---\n", tail: "    path: y\n" + more, columns: 8, isText: true},
		{name: "text of a set", head: set + "            values: |\n", tail: end, columns: 14, isText: true},
		{name: "object of a set", head: set + "            valuesObject:\n", tail: end, columns: 14},
		{name: "object over text", head: argo + "  source:\n    helm:\n      values: |\n        global: {image: {tag: hidden}}\n      valuesObject:\n", tail: end, columns: 8},
	}
}

// source returns values at the place.
func (p place) source(text string) values.Source {
	return values.Source{Name: "f.yaml", Data: []byte(p.head + wrap(fmt.Sprintf("%d ", p.columns), text) + p.tail), Under: p.under}
}

// edits are what the commands do to a file; nil is a refusal.
func edits(t *testing.T, from, to *chart.Profile) map[string]func(values.Source) []byte {
	c := presetstest.Catalog(t)
	return map[string]func(values.Source) []byte{
		"lint --fix": func(s values.Source) []byte {
			fixed, err := lint.Fix(lint.Input{Sources: []values.Source{s}, Profile: from, Charts: c.Charts.All(), Registries: c.Registries})
			if err != nil {
				t.Fatal(err)
			}
			return fixed.Sources[0].Data
		},
		"convert": func(s values.Source) []byte {
			file, err := values.Parse(s)
			if err != nil {
				t.Fatal(err)
			}
			return convert.Convert(file, from, to).Data
		},
		"generate --merge": func(s values.Source) []byte {
			a := answers.New()
			for path, text := range map[string]string{"chart": from.ID, "registry.provider": "generic", "registry.host": "r.example.com", "tag": "5.2.43",
				"pullSecret.method": "existing", "pullSecret.name": "regcred", "pullSecret.namespace": "default", "under": s.Under} {
				if text != "" {
					a.Set(path, text)
				}
			}
			built, problems := plan.BuildOnto(c, a, "", plan.Bases{"": {Name: "f.yaml", Data: s.Data}})
			if problems != nil {
				return nil
			}
			return built.Environments[0].Values
		},
		"pin": func(s values.Source) []byte {
			slot := convert.Slot{Component: "server"}
			pin := convert.NewPin(slot, "5.2.42", "sha256:"+strings.Repeat("ab", 32))
			return convert.PinValues([]values.Source{s}, from, nil, []convert.Pin{pin}).Data
		},
	}
}

// An edit of values inside another file is that of the values alone: no byte around them changes, and the pods get the same.
func TestEditsOfWrappedFilesLeaveTheRest(t *testing.T) {
	profiles := presetstest.Catalog(t).Charts.All()
	made, refused := map[string]int{}, map[string]int{}
	for i, p := range profiles {
		random := generator{rand.New(rand.NewPCG(15, 27)), p}
		all := edits(t, p, profiles[(i+1)%len(profiles)])
		for n := 0; n < wrappedFiles()/12; {
			text := random.file()
			if _, err := values.Load(values.Source{Data: []byte(text)}); err != nil || !isPlain(text) || strings.Contains(text, "\r") {
				continue
			}
			n++
			text = filler[strings.Index(filler, "redis"):] + text
			asWindows := strings.NewReplacer()
			if n%3 == 0 {
				asWindows = strings.NewReplacer("\n", "\r\n")
			}
			text = asWindows.Replace(text)
			for name, edit := range all {
				want := edit(values.Source{Name: "f.yaml", Data: []byte(text)})
				for _, at := range places() {
					at.head, at.tail = asWindows.Replace(at.head), asWindows.Replace(at.tail)
					got := edit(at.source(text))
					key := name + " " + at.name
					if want == nil || got == nil {
						if want != nil {
							refused[key]++
						}
						continue
					}
					made[key]++
					if err := at.sameEdit(string(got), string(want)); err != nil {
						t.Fatalf("%s, chart %s, %s: %v\n%s\n  becomes\n%s", at.name, p.ID, name, err, indented(string(at.source(text).Data)), indented(string(got)))
					}
				}
			}
		}
	}
	for key, n := range made {
		if refused[key] > n/10 {
			t.Errorf("%s: %d edits, and %d that are only made in a file of their own", key, n, refused[key])
		}
	}
}

// sameEdit reports what an edited file has beyond the values that were edited alone.
func (p place) sameEdit(got, want string) error {
	inner, hasHead := strings.CutPrefix(got, p.head)
	_, hasTail := strings.CutSuffix(inner, p.tail)
	switch {
	case !hasHead || !hasTail:
		return fmt.Errorf("bytes around the values changed")
	case !strings.Contains(inner, "redis:   # not ours") || !strings.Contains(inner, "   host:  'r'\t# end"):
		return fmt.Errorf("bytes of other values changed")
	case p.isText && got != string(p.source(want).Data):
		return fmt.Errorf("not the bytes of\n%s", indented(want))
	}
	in, err := values.Load(values.Source{Data: []byte(got), Under: p.under})
	if err != nil {
		return err
	}
	if alone, err := values.Load(values.Source{Data: []byte(want)}); err != nil || !reflect.DeepEqual(in.Tree(), alone.Tree()) {
		return fmt.Errorf("the values are %v, not %v (%w)", in.Tree(), alone.Tree(), err)
	}
	return nil
}
