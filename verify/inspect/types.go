package inspect

import (
	"regexp"
	"slices"
	"strings"
)

// number is a value that is not a text, a list or a switch.
const number = 7.5

var (
	wrongType       = regexp.MustCompile(`at '/([^']*)': got [a-z]+, want (.*)`)
	missingProperty = regexp.MustCompile(`at '/?([^']*)': missing propert(?:y|ies) (.*)`)
	schemaRefusal   = regexp.MustCompile(`at '[^']*': .*`)
)

// schema holds the types that the chart's values.schema.json requires of the candidates, as far as helm reports them.
type schema struct {
	types    map[string][]string // types in helm's words, such as "boolean or string" → the keys that want them
	want     map[string]string   // key → types
	required map[string][]string // a mapping, "" for the top → the keys that it must have
}

// allows reports whether a key can have a value of this JSON type.
func (s schema) allows(path, kind string) bool {
	return s.want[path] == "" || slices.Contains(strings.Split(s.want[path], " or "), kind)
}

// add adds the types that a refusal of helm names.
func (s schema) add(refused string) {
	for _, m := range wrongType.FindAllStringSubmatch(refused, -1) {
		path, want := strings.ReplaceAll(m[1], "/", "."), m[2]
		if s.want[path] == "" {
			s.types[want], s.want[path] = append(s.types[want], path), want
		}
	}
	for _, paths := range s.types {
		slices.Sort(paths) // helm lists them in no order
	}
}

// findSchema breaks the schema at all candidates at once: helm then lists all types that it requires.
func (n *inspection) findSchema() {
	n.schema = schema{map[string][]string{}, map[string]string{}, map[string][]string{}}
	wrong, missing := settings{}, settings{}
	for _, k := range n.keys {
		wrong[k.path] = number
		if k.initial != nil {
			missing[k.path] = nil
		}
	}
	n.schema.add(n.chart.render(wrong).refused)
	for _, m := range missingProperty.FindAllStringSubmatch(n.chart.render(missing).refused, -1) {
		mapping := strings.ReplaceAll(m[1], "/", ".")
		for name := range strings.SplitSeq(m[2], ", ") {
			n.schema.required[mapping] = append(n.schema.required[mapping], strings.Trim(name, "'"))
		}
	}
}

// findTypes finds the image keys for which helm refuses a number, and those whose text is evaluated as a template.
func (n *inspection) findTypes() {
	keys := slices.DeleteFunc(n.found(), func(k *key) bool {
		return !k.isText() || k.isPolicy() || k.needs != nil ||
			!k.reachesAny(partRegistry, partRepository, partTag, partDigest, partPolicy)
	})
	inParallel(independent(keys), func(_ int, group []*key) {
		for k, why := range n.refusals(n.clear, group, func(*key) any { return number }) {
			k.number = why
		}
		refused := n.refusals(n.clear, group, template)
		group = slices.DeleteFunc(group, func(k *key) bool { return refused[k] != "" })
		got := n.chart.render(n.clear.and(set(group, template)))
		for _, k := range group {
			k.isTpl = slices.ContainsFunc(got.containers, func(c Component) bool {
				return strings.Contains(c.Image, k.marker+"y") && !strings.Contains(c.Image, k.marker+"{{")
			})
		}
	})
}

// template returns a text that becomes the marker and a y where it is evaluated. It begins with a letter and contains
// no double quote, so that a manifest with it stays YAML.
func template(k *key) any { return k.marker + "{{ `y` }}" }

// reasonOf returns the reason in helm's refusal, without the templates that it went through.
func reasonOf(said string) string {
	if found := schemaRefusal.FindString(said); found != "" {
		return found
	}
	if _, after, ok := strings.Cut(said, "execution error at ("); ok {
		_, said, _ = strings.Cut(after, "): ")
	}
	if i := strings.LastIndex(said, ">: "); i >= 0 { // helm 3; helm 4 has the reason on a line of its own
		said = said[i+len(">: "):]
	}
	lines := strings.Split(strings.TrimSpace(said), "\n")
	return strings.TrimSpace(lines[len(lines)-1])
}
