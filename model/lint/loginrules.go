package lint

import (
	"fmt"
	"slices"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/chart"
	"conductor-registry/model/image"
	"conductor-registry/model/secret"
	"conductor-registry/model/values"
)

// loginRules are about the logins that values hold, for secrets that the chart makes.
func loginRules() []Rule {
	return []Rule{
		{
			ID: "plaintext-password", Severity: model.Warning, Title: "a password in a values file",
			Why:  "whoever reads the file or its history has it, and Helm keeps it in every release",
			Fix:  "take it out; name a secret that was made before, or give it at install time on standard input",
			find: (*subject).passwords,
		},
		{
			ID: "login-breaks-json", Severity: model.Error, Title: "a login that breaks the secret made of it",
			Why: "the chart prints it into JSON as it is: a quote, a line break or a backslash makes a secret that the API " +
				"server refuses or that holds another password, and the Deployments are created all the same",
			Fix: "use another way to make the secret: the login itself is right",
		},
		{
			ID: "docker-hub-key", Severity: model.Error, Title: "a login for Docker Hub under a key that never matches",
			Why: "the kubelet knows Docker Hub by " + secret.DockerHubKey + ", with the slash at its end",
			Fix: "write " + secret.DockerHubKey, Mends: true, find: (*subject).logins,
		},
		{
			ID: "login-unused", Severity: model.Warning, Title: "a login that is for none of the images",
			Why: "the kubelet compares its key with the image's host: same host, same port, same case",
			Fix: "write the host exactly as in the image", Mends: true,
		},
		{
			ID: "login-missing", Severity: model.Warning,
			Title: "an image of a registry that the pull secret has no login for",
			Why:   "nodes pull it without a login: ImagePullBackOff, unless it is public or the nodes have one of their own",
			Fix:   "put a login for each registry into one secret: customImagePullSecrets, or a secret that you make",
		},
		{
			ID: "secret-expires", Severity: model.Warning, Title: "a login in the values that works for hours only",
			Why: "new pods can't pull once it has expired",
			Fix: "let the nodes pull by their own identity, or name a secret that is kept fresh",
		},
	}
}

// passwords looks at what the files hold; what --set gives is not kept.
func (s *subject) passwords() {
	for _, login := range s.Profile.HeldLogins(s.values) {
		if file, _ := s.values.Position(login.Path + ".password"); login.Password && s.file(file) != nil {
			s.report(model.Problem{Path: login.Path + ".password", Summary: "a password stands in this file"})
		}
		if login.Broken != "" && login.Made {
			s.say("login-breaks-json", login.Broken, "the chart does not escape this, and the secret's JSON breaks")
		}
	}
}

// images are those of the components whose name can be parsed, each once.
func (s *subject) images() []string {
	var out []string
	for _, name := range s.components() {
		if i := s.resolution.Components[name].Image; image.Host(i) != "" && !slices.Contains(out, i) {
			out = append(out, i)
		}
	}
	return out
}

// logins compares the logins that the pods use with the images.
func (s *subject) logins() {
	images := s.images()
	var used []chart.HeldLogin
	for _, login := range s.Profile.HeldLogins(s.values) {
		if login.Used {
			used = append(used, login)
		}
	}
	own := slices.IndexFunc(used, func(l chart.HeldLogin) bool { return l.Given })
	if own < 0 || len(images) == 0 {
		return
	}
	var keys []string // as they are once what is reported is mended
	for _, login := range used {
		keys = append(keys, s.judgeLogin(login, images))
	}
	var missing []string
	for _, name := range images {
		if key := secret.KeyFor(name); len(secret.Lookup(keys, name)) == 0 && !slices.Contains(missing, key) {
			missing = append(missing, key)
		}
	}
	if len(missing) > 0 && len(s.parts()) > 0 {
		s.say("login-missing", used[own].Path, "images come from "+strings.Join(missing, " and ")+
			", and the pull secret has no login for that")
	}
}

// judgeLogin says what is wrong with a login, and gives the key that it should be under.
func (s *subject) judgeLogin(login chart.HeldLogin, images []string) string {
	path := login.Path + ".registry"
	at := slices.IndexFunc(images, func(name string) bool { return secret.Why(login.Registry, name) == "" })
	if at >= 0 {
		if lifetime := s.shortLived(image.Host(images[at])); lifetime != "" && login.Given {
			s.say("secret-expires", login.Path, fmt.Sprintf("a login for %s works for %s", login.Registry, lifetime))
		}
		return login.Registry
	}
	if !login.Given {
		return login.Registry
	}
	summary := fmt.Sprintf("%q matches no image: %s", login.Registry, secret.Why(login.Registry, images[0]))
	if secret.MeansDockerHub(login.Registry) && secret.Why(login.Registry, "any/image") != "" {
		s.say("docker-hub-key", path, fmt.Sprintf("%q is no key for Docker Hub", login.Registry),
			values.Change{Path: path, Value: values.Quote(secret.DockerHubKey)})
		return secret.DockerHubKey
	}
	for _, name := range images {
		if key := secret.KeyFor(name); strings.Contains(strings.ToLower(login.Registry), key) {
			s.say("login-unused", path, summary, values.Change{Path: path, Value: values.Quote(key)})
			return key
		}
	}
	if len(s.parts()) > 0 {
		s.say("login-unused", path, summary)
		return login.Registry
	}
	s.report(model.Problem{Rule: "login-unused", Path: path,
		Summary: fmt.Sprintf("%q is for no image: the images are still the chart's own, on Docker Hub", login.Registry),
		Fix:     "name your registry for the images too"})
	return login.Registry
}

// shortLived is how long a login to a host works if that is hours; "" if it is longer or not known.
func (s *subject) shortLived(host string) string {
	preset := s.Registries.ForHost(host)
	if preset == nil || !preset.MatchesHost(host) || !preset.Login.Expires {
		return ""
	}
	return preset.Login.Lifetime
}
