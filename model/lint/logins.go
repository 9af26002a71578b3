package lint

import (
	"cmp"
	"slices"
	"strings"

	"conductor-registry/model/chart"
	"conductor-registry/model/image"
	"conductor-registry/model/secret"
	"conductor-registry/model/values"
)

// checkHeldLogins looks at the credentials by themselves. Passwords count in files only: what --set gives is not kept.
func (c *checker) checkHeldLogins() {
	for _, login := range c.logins {
		path := login.Path + ".password"
		if file, _ := c.values.Position(path); login.Password && c.file(file) != nil {
			c.report(found{rule: "plaintext-password", path: path})
		}
		if login.Broken != "" && login.Made {
			c.report(found{rule: "login-breaks-json", path: login.Broken})
		}
	}
}

// checkLogins compares the credentials that the pods use with the images.
func (c *checker) checkLogins() {
	var images []string
	for _, r := range c.components {
		if image.Host(r.Image) != "" && !slices.Contains(images, r.Image) {
			images = append(images, r.Image)
		}
	}
	used := slices.DeleteFunc(slices.Clone(c.logins), func(l chart.HeldLogin) bool { return !l.Used })
	own := slices.IndexFunc(used, func(l chart.HeldLogin) bool { return l.Given })
	if own < 0 || len(images) == 0 {
		return
	}
	var keys, missing []string // the keys once the findings below are fixed
	for _, login := range used {
		keys = append(keys, c.checkLogin(login, images))
	}
	for _, name := range images {
		if key := secret.KeyFor(name); len(secret.Lookup(keys, name)) == 0 && !slices.Contains(missing, key) {
			missing = append(missing, key)
		}
	}
	if len(missing) > 0 && len(c.nameParts()) > 0 {
		c.report(found{rule: "login-missing", path: used[own].Path, facts: facts{"hosts": strings.Join(missing, " and ")}})
	}
}

// checkLogin reports what is wrong with a login, and returns the key that it should have.
func (c *checker) checkLogin(login chart.HeldLogin, images []string) string {
	for _, name := range images {
		if secret.Mismatch(login.Registry, name) != "" {
			continue
		}
		if lifetime := c.shortLifetime(image.Host(name)); lifetime != "" && login.Given {
			c.report(found{rule: "secret-expires", path: login.Path,
				facts: facts{"host": login.Registry, "lifetime": lifetime}})
		}
		return login.Registry
	}
	if !login.Given {
		return login.Registry
	}
	f := found{rule: "login-unused", path: login.Path + ".registry",
		facts: facts{"key": quote(login.Registry), "reason": secret.Mismatch(login.Registry, images[0])}}
	right := ""
	if secret.MeansDockerHub(login.Registry) && secret.Mismatch(login.Registry, "any/image") != "" {
		f.rule, right = "docker-hub-key", secret.DockerHubKey
	}
	for _, name := range images {
		if key := secret.KeyFor(name); right == "" && strings.Contains(strings.ToLower(login.Registry), key) {
			right = key
		}
	}
	switch {
	case right != "":
		f.fix, f.changes = "write "+quote(right), []values.Change{{Path: f.path, Value: values.Quote(right)}}
	case len(c.nameParts()) == 0:
		f.facts["reason"], f.fix = "the images are still the chart's own, on Docker Hub", "set your registry for the images too"
	}
	c.report(f)
	return cmp.Or(right, login.Registry)
}
