package inspect

import (
	"context"
	"regexp"
	"slices"
	"strings"
)

// number is a value that is no text, list or switch.
const number = 7.5

// schema is what the chart's values.schema.json says of the candidates, as far as helm tells it.
type schema struct {
	types    map[string][]string // the types in helm's words, such as "boolean or string", and the keys that want them
	want     map[string]string   // the same by key
	required map[string][]string // a table, "" for the top, and the keys that it must have
}

// findTypes finds what an image's key may be besides text: whether a number is refused, and whether the text is run as
// a template. Numbers are tried at once, and a refusal is looked for key by key.
func (l *learner) findTypes(ctx context.Context) error {
	numbers := l.clear
	var keys []*key
	for _, k := range l.keys {
		ofImage := slices.ContainsFunc(k.reaches, func(p Part) bool { return p.ofImage() })
		if _, isText := k.value.(string); isText && ofImage && !k.byEffect && k.needs == nil {
			keys = append(keys, k)
			numbers = numbers.and(settings{k.path: number})
		}
	}
	got, err := l.chart.render(ctx, numbers)
	if err == nil && got.refused != "" {
		err = together(keys, func(_ int, k *key) error {
			got, err := l.chart.render(ctx, l.clear.and(settings{k.path: number}))
			if err == nil {
				k.number = got.refused
			}
			return err
		})
	}
	if err != nil {
		return err
	}
	return l.findTemplates(ctx, keys)
}

// findTemplates finds the keys whose text is run as a template, each by itself: a text that is not run can break the
// manifest.
func (l *learner) findTemplates(ctx context.Context, keys []*key) error {
	return together(keys, func(_ int, k *key) error {
		got, err := l.chart.render(ctx, l.clear.and(settings{k.path: template(k.marker)}))
		k.tpl = slices.ContainsFunc(got.programs, func(p program) bool {
			return strings.Contains(p.image, k.marker) && !strings.Contains(p.image, template(k.marker))
		})
		return err
	})
}

// template prints a text where it is run. Charts print images between double quotes, so it has none.
func template(text string) string { return "{{ `" + text + "` }}" }

// allows tells whether a key may have a value of this JSON type, as far as is known.
func (s schema) allows(path, kind string) bool {
	return s.want[path] == "" || slices.Contains(strings.Split(s.want[path], " or "), kind)
}

// findSchema breaks the schema in all candidates at once: helm then lists all that it wants.
func (l *learner) findSchema(ctx context.Context) error {
	l.schema = schema{map[string][]string{}, map[string]string{}, map[string][]string{}}
	wrong, missing := settings{}, settings{}
	for _, k := range l.keys {
		wrong[k.path] = number
		if k.standing != nil {
			missing[k.path] = nil
		}
	}
	types, err := l.chart.render(ctx, wrong)
	if err != nil {
		return err
	}
	for _, m := range regexp.MustCompile(`at '/([^']*)': got number, want (.*)`).FindAllStringSubmatch(types.refused, -1) {
		path := strings.ReplaceAll(m[1], "/", ".")
		l.schema.types[m[2]], l.schema.want[path] = append(l.schema.types[m[2]], path), m[2]
	}
	required, err := l.chart.render(ctx, missing)
	if err != nil {
		return err
	}
	listed := regexp.MustCompile(`at '/?([^']*)': missing propert(?:y|ies) (.*)`)
	for _, m := range listed.FindAllStringSubmatch(required.refused, -1) {
		table := strings.ReplaceAll(m[1], "/", ".")
		for name := range strings.SplitSeq(m[2], ", ") {
			l.schema.required[table] = append(l.schema.required[table], strings.Trim(name, "'"))
		}
	}
	return nil
}
