package lint

import (
	"slices"

	"conductor-registry/model"
	"conductor-registry/model/chart"
	"conductor-registry/model/image"
	"conductor-registry/model/secret"
	"conductor-registry/model/values"
)

const loginMissing = "login-missing"

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

// checkLogins compares the credentials that the pods use with the images. It does not where a host is unknown.
func (c *checker) checkLogins() {
	var images []string
	for _, r := range c.components {
		if r.hasPlaceholder() {
			return
		}
		if image.Host(r.Image) != "" {
			images = model.AddNew(images, r.Image)
		}
	}
	used := slices.DeleteFunc(slices.Clone(c.logins), func(l chart.HeldLogin) bool { return !l.Used })
	own := slices.IndexFunc(used, func(l chart.HeldLogin) bool { return l.Given })
	if own < 0 || len(images) == 0 {
		return
	}
	var keys, missing []string
	for _, login := range used {
		if values.Placeholder(login.Registry) != "" {
			return
		}
		keys = append(keys, login.Registry)
		if login.Given {
			c.checkLogin(login, images)
		}
	}
	for _, name := range images {
		if len(secret.Lookup(keys, name)) == 0 {
			missing = model.AddNew(missing, image.Host(name))
		}
	}
	for _, host := range missing {
		if len(c.nameParts()) > 0 {
			c.report(found{rule: loginMissing, path: used[own].Path, facts: facts{"host": host}})
		}
	}
}

// checkLogin compares the key of a login with the image that it is for: the one that it matches or nearly matches.
func (c *checker) checkLogin(login chart.HeldLogin, images []string) {
	for _, name := range images {
		if secret.Mismatch(login.Registry, name) != "" {
			continue
		}
		if lifetime := c.shortLifetime(image.Host(name)); lifetime != "" {
			c.report(found{rule: "secret-expires", path: login.Path,
				facts: facts{"host": login.Registry, "lifetime": lifetime}})
		}
		return
	}
	f := found{rule: "login-unused", path: login.Path + ".registry", facts: facts{"key": quote(login.Registry)}}
	near := slices.IndexFunc(images, func(name string) bool {
		return len(secret.NearMisses([]string{login.Registry}, name)) > 0
	})
	right := ""
	switch {
	case secret.MeansDockerHub(login.Registry) && secret.Mismatch(login.Registry, "any/image") != "":
		f.rule, right = "docker-hub-key", secret.DockerHubKey
	case near >= 0:
		right = secret.KeyFor(images[near])
	}
	f.facts["reason"] = secret.Mismatch(login.Registry, images[max(0, near)])
	switch {
	case right != "":
		f.fix, f.changes = "write "+quote(right), []values.Change{{Path: f.path, Value: values.Quote(right)}}
	case len(c.nameParts()) == 0:
		f.facts["reason"], f.fix = "the images are still the chart's own, on Docker Hub", "set your registry for the images too"
	case len(images) > 1:
		f.facts["reason"] = "no image comes from that host"
	}
	c.report(f)
}
