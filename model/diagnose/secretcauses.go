package diagnose

import "conductor-registry/model"

// secretCauses are the answers to a registry that refuses.
func secretCauses() []Cause {
	again := Step{"make it anew; this asks for the login", "{script}"}
	yours := Step{"{again}", "{script}"} // if it is not the chart's
	instead := Step{"{instead}", ""}     // if it is
	drop := Step{"remove it: a Secret can't change its type", "kubectl delete secret {secret} --namespace {namespace}"}
	retry := Step{"nodes try again by themselves within five minutes; at once with", "kubectl delete pod {pod} --namespace {namespace}"}
	exists := Step{"see whether the image exists: registries refuse what does not, too", "{check}"}
	return []Cause{
		{
			ID: "pull-secret-not-named", Severity: model.Error,
			Summary: "pods do not name the pull secret {other}, which has the login for {host}",
			Why:     "they name {named}{own}",
			Steps: []Step{{"name {other} where the chart looks: {keys}", "{name it}"},
				{"see what your values give", "conductor-registry resolve -f values.yaml"}},
		},
		{
			ID: "pull-secret-elsewhere", Severity: model.Error,
			Summary: "the pull secret {secret} is in the namespace {elsewhere}, and the pods are in {namespace}",
			Why:     "pods use secrets of their own namespace only",
			Steps:   []Step{{"make it here too; this asks for the login", "{script}"}, retry},
		},
		{
			ID: "pull-secret-missing", Severity: model.Error,
			Summary: "the pull secret {secret}, which the pods name, does not exist in the namespace {namespace}",
			Why:     "nodes then ask without a login{own}",
			Steps: []Step{{"see whether it is in another namespace, which pods can't use", "kubectl get secrets --all-namespaces --field-selector metadata.name={secret}"},
				yours, instead, retry},
		},
		{
			ID: "pull-secret-type", Severity: model.Error, Summary: "{secret} is no pull secret: its type is {type}",
			Why: "nodes take logins from type kubernetes.io/dockerconfigjson only, and pass others by without a word", Steps: []Step{drop, again, retry},
		},
		{
			ID: "pull-secret-malformed", Severity: model.Error,
			Signs:   []string{"illegal base64 data", "unable to parse auth field", "invalid character"},
			Summary: "the pull secret {secret} can't be read: {wrong}",
			Why:     "one login that can't be read spoils the whole secret, for every registry in it", Steps: []Step{again, retry},
		},
		{
			ID: "pull-secret-no-entry", Severity: model.Error, Summary: "the pull secret {secret} has no login for {host}",
			Why:   "it has {has}{own}",
			Steps: []Step{yours, instead, {"its key must be {key}, exactly so; see the keys, and no more", "{keys of it}"}, retry},
		},
		{
			ID: "pull-secret-blank", Severity: model.Error, Summary: "the login for {host} in {secret} has no user name or no password",
			Why: "nodes use it as it is, and the registry refuses{own}", Steps: []Step{yours, instead, retry},
		},
		{
			ID: "pull-secret-expired", Severity: model.Error, Summary: "the login for {host} in {secret} has expired",
			Why:   "it was written {age} ago, and logins of {title} work for {lifetime}",
			Steps: []Step{{"for now: make it anew", "{script}"}, {"for good: {secretless}", ""}, retry},
		},
		{
			ID: "pull-secret-refused", Severity: model.Error, Summary: "{host} refuses the login in {secret}",
			Why: "the key {matched} fits, so the login itself is wrong, has expired or may not read this image{lifetimes}; or " +
				"the image does not exist",
			Steps: []Step{exists, {"make a new login: {password}", "{create}"}, {"put it into the secret", "{script}"}, retry},
		},
		{
			ID: "pull-secret-late", Severity: model.Error,
			Summary: "the pods were made before their ServiceAccount had pull secrets",
			Why:     "a ServiceAccount's pull secrets are given to pods when they are made, and only to those without their own",
			Steps:   []Step{{"make the pods anew", "kubectl delete pod {pod} --namespace {namespace}"}},
		},
		{
			ID: "pull-secret-none", Severity: model.Error, Summary: "{host} wants a login, and the pods name no pull secret",
			Why: "nodes ask without one, or by their own identity, which may not read this image",
			Steps: []Step{exists, {"without a secret: {secretless}", ""}, {"with one: make it, this asks for the login", "{script}"},
				{"and name it where the chart looks: {keys}", ""}},
		},
		{
			ID: "pull-secret-unread", Severity: model.Error, Summary: "{host} refuses, and {secret} could not be looked at",
			Why:   "whether it has the right login is not known: {unread}",
			Steps: []Step{{"let someone who may read it run this command too, or show you its keys, and no more", "{keys of it}"}, exists},
		},
	}
}
