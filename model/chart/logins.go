package chart

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"conductor-registry/model/values"
)

// Login says where values hold the credentials of a registry, which the chart writes into a pull secret. The mapping has
// keys registry, username, password and email.
type Login struct {
	Table     string      `yaml:"table"     required:"true" doc:"its path; with [] behind it a list of such mappings"`
	Made      []Condition `yaml:"made"                      doc:"the chart creates a secret of it while all hold"`
	Used      []Condition `yaml:"used"                      doc:"the pods name that secret while all hold"`
	Unescaped bool        `yaml:"unescaped"                 doc:"the template prints it into JSON as it is"`
}

// HeldLogin is a login that values hold, without its secrets.
type HeldLogin struct {
	Path     string // of its mapping: imageCredentials or customImagePullSecrets.registries[0]
	Registry string // the key under auths
	Given    bool   // the user's values set some of it, not only the chart's
	Password bool   // the user's values hold its password
	Made     bool   // the chart creates a secret of it
	Used     bool   // the pods name that secret
	Broken   string // the key whose value breaks the JSON of that secret; "" for none
}

// HeldLogins returns the logins that the values hold, whether the chart creates a secret of them or not.
func (p *Profile) HeldLogins(v *values.Values) []HeldLogin {
	tree := values.Coalesce(p.Defaults, v.Tree())
	var out []HeldLogin
	for _, login := range p.Logins {
		path, isList := strings.CutSuffix(login.Table, "[]")
		held, _ := values.Find(tree, path)
		given, _ := values.Find(v.Tree(), path)
		if !isList {
			out = append(out, login.held(path, held, given, tree))
			continue
		}
		items, _ := held.([]any)
		own, _ := given.([]any) // a list replaces the default's, so all items are the user's or none is
		for i, item := range items {
			var mine any
			if i < len(own) {
				mine = item
			}
			out = append(out, login.held(fmt.Sprintf("%s[%d]", path, i), item, mine, tree))
		}
	}
	return out
}

func (l Login) held(path string, held, given any, tree map[string]any) HeldLogin {
	own, _ := given.(map[string]any)
	out := HeldLogin{Path: path, Made: allHold(l.Made, tree), Password: isSecret(own["password"])}
	out.Used = out.Made && allHold(l.Used, tree)
	mapping, _ := held.(map[string]any)
	out.Registry, _ = mapping["registry"].(string)
	for _, key := range []string{"registry", "username", "password", "email"} { // in the order of the charts' templates
		out.Given = out.Given || !empty(own[key])
		text, _ := mapping[key].(string)
		var read string
		err := json.Unmarshal([]byte(`"`+text+`"`), &read)
		if l.Unescaped && out.Broken == "" && (err != nil || read != text) {
			out.Broken = path + "." + key
		}
	}
	return out
}

// toFillIn matches what a person fills in, such as <password>.
var toFillIn = regexp.MustCompile(`^<.*>$`)

// isSecret reports whether a value is a password: not empty, and not a placeholder that another program fills in.
func isSecret(value any) bool {
	text := printed(value)
	return !empty(value) && values.Placeholder(text) == "" && !toFillIn.MatchString(text)
}
