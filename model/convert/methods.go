package convert

import (
	"slices"

	"conductor-registry/model/chart"
	"conductor-registry/model/secret"
	"conductor-registry/model/values"
)

// nameFact is the fact of a plan that names the pull secret.
const nameFact = "secret.name"

// canUse reports whether a chart has a pull-secret method.
func canUse(p *chart.Profile, method string) bool {
	m := p.Method(method)
	return m.ID != "" && m.Missing == ""
}

// helmCreates reports whether Helm creates the secret of a method, from credentials in the values.
func helmCreates(m chart.Option) bool { return m.Script != "" && m.Script != secret.Kubectl }

// existingMethod returns the method by which values name a secret that exists already; "" when the chart has none.
func existingMethod(p *chart.Profile) string { return methodWithoutScript(p, true) }

// noSecretMethod returns the method without a pull secret; "" when the chart has none.
func noSecretMethod(p *chart.Profile) string { return methodWithoutScript(p, false) }

func methodWithoutScript(p *chart.Profile, named bool) string {
	for _, m := range p.Methods {
		if m.Missing == "" && m.Script == "" && p.Writes(nameFact, m.ID) == named {
			return m.ID
		}
	}
	return ""
}

// credentialsMapping returns the mapping that holds the credentials of a method by which Helm creates the secret; "" for
// other methods.
func credentialsMapping(p *chart.Profile, method string) string {
	if m := p.Method(method); m.Missing != "" || !helmCreates(m) {
		return ""
	}
	for _, s := range p.Settings {
		if mapping, _ := values.CutKey(s.Path); mapping != "" && slices.Contains(s.Methods, method) {
			return mapping
		}
	}
	return ""
}

// keyFor returns the key that the profile writes for a fact, such as server.tag; "" when it has none.
func keyFor(p *chart.Profile, fact string) string {
	return firstSetting(p, func(s chart.Setting) bool { return s.Value == fact }).Path
}

// firstSetting returns the profile's first setting of that kind; the zero Setting when it has none.
func firstSetting(p *chart.Profile, isWanted func(chart.Setting) bool) chart.Setting {
	if i := slices.IndexFunc(p.Settings, isWanted); i >= 0 {
		return p.Settings[i]
	}
	return chart.Setting{}
}

// hasOwn reports whether the chart has a key of its own for a part of a component, apart from the others'.
func hasOwn(p *chart.Profile, component string, part chart.Part) bool {
	return keyFor(p, component+"."+string(part)) != ""
}
