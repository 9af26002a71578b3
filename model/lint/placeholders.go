package lint

import "conductor-registry/model/values"

// checkPlaceholders reports the values that another program fills in: nothing else is reported about them.
func (c *checker) checkPlaceholders() {
	paths := c.Profile.ReadKeys()
	for _, made := range c.Profile.Secrets {
		paths = append(paths, made.Path)
	}
	for _, login := range c.logins {
		paths = append(paths, login.Path+".registry")
	}
	for _, path := range paths {
		value, _ := c.values.Lookup(path)
		text, _ := value.(string)
		if mark := values.Placeholder(text); mark != "" && !c.isTemplate(path) {
			c.report(found{rule: "placeholder", path: path, facts: facts{"text": quote(mark)}})
		}
	}
}

// isTemplate reports whether the chart itself runs the value as a template.
func (c *checker) isTemplate(path string) bool {
	for _, component := range c.Profile.Components {
		for _, chain := range component.Chains() {
			if chain.Tpl && len(chain.Paths) > 0 && chain.Paths[0] == path {
				return true
			}
		}
	}
	return false
}
