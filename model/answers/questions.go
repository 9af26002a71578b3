package answers

import (
	"slices"
	"strings"
	"sync"
)

// questions returns the list of questions, which is not to be changed. On each page they are asked in this order; the
// answers file has the same order, with the components behind what all share. The fields of a registry are not in it:
// they are those of its preset and come after registry.provider.
var questions = sync.OnceValue(newQuestions)

func newQuestions() []question {
	common, everywhere := scope{common: true, environment: true}, scope{common: true, component: true, environment: true}
	return append([]question{
		{
			leaf: "chart", scope: common, page: Chart, label: "Chart",
			help: "the version to install; helm list -A shows what runs already", flag: "chart version to write for",
			choices: place.charts, fallback: place.defaultChart, check: place.checkChart,
		},
		{
			leaf: environmentsKey, scope: scope{common: true}, page: Chart, label: "Environments", example: "dev, prod",
			help: "one set of files for each; leave empty for a single set", advanced: true,
			flag: "a set of files for each of these, such as dev,prod", check: place.checkEnvironments,
		},
		{
			leaf: "pattern", scope: common, page: Pattern, label: "Pattern", flag: "where values.yaml puts the registry",
			choices: place.patterns, fallback: place.defaultPattern, check: place.checkPattern,
		},
		{ // it names a folder, which cmd reads: the wizard does not ask for it
			leaf: PresetsLeaf, scope: scope{common: true}, example: "registries",
			help:  "a folder with registry presets of your own, relative to the answers file",
			check: place.checkPresets,
		},
		{
			leaf: ProviderLeaf, scope: everywhere, page: Registry, componentsPage: place.registriesPage, label: "Registry",
			flag:    "registry that holds the images",
			choices: place.providers, check: place.checkProvider, adapt: place.adaptProvider,
		},
		{
			leaf: "repository", scope: scope{component: true, environment: true}, page: Images, label: "Image",
			help:     "path in your registry, without host or tag",
			fallback: place.defaultRepository, check: place.checkRepository,
			adapt: func(at place, f *Field) { f.Example = "conductor/" + at.component },
		},
		{
			leaf: "tag", perEnvironment: true, scope: everywhere, page: Images, label: "Tag",
			fallback: place.defaultTag, check: place.checkTag, adapt: place.adaptTag, when: place.takesTag,
			flag: "tag of all images, such as 5.2.42 or 5.2.42@sha256:...",
		},
		{
			leaf: "pullPolicy", perEnvironment: true, scope: everywhere, page: Images, label: "Pull policy",
			flag:    "pull policy of all images",
			when:    func(at place) bool { return at.component == "" },
			choices: place.pullPolicies, fallback: place.defaultPullPolicy, check: place.checkPullPolicy,
		},
		{ // it names a file, which cmd reads: the wizard does not ask for it
			leaf: "base", scope: common, help: "a values file to copy and write the keys into; its other bytes stay unchanged",
			check: place.checkBase,
		},
		{ // few need it: the wizard does not ask for it
			leaf: "under", scope: common, example: "conductor", check: place.checkUnder,
			help: "the key of the subchart (its name or alias), for the values of a parent chart",
			flag: "key of the subchart, for the values of a parent chart",
		},
	}, secretQuestions(common)...)
}

// secretQuestions returns the questions about the pull secret.
func secretQuestions(common scope) []question {
	return []question{
		{
			leaf: methodLeaf, scope: common, page: PullSecret, label: "Method", flag: "how pods get the pull secret",
			choices: place.methods, fallback: place.defaultMethod, check: place.checkMethod,
		},
		{
			leaf: "pullSecret.name", perEnvironment: true, scope: common, page: PullSecret, label: "Secret",
			example: "registry-credentials", flag: "name of the pull secret",
			fallback: place.defaultSecretName, check: place.checkSecretName, adapt: place.adaptSecretName,
			when: place.namesSecret,
		},
		{
			leaf: "pullSecret.namespace", perEnvironment: true, scope: common, page: PullSecret, label: "Namespace",
			help:    "where the pods run; a pull secret works only in its own namespace",
			example: "conductor", flag: "namespace of the pods",
			fallback: func(place) string { return "conductor" }, check: place.checkNamespace,
		},
		{
			leaf: usernameLeaf, scope: common, page: PullSecret, label: "User name", advanced: true,
			help:  "leave empty to be asked when the script runs",
			flag:  "user name of the credentials, to put it into the script",
			check: place.checkUsername, adapt: place.adaptUsername, when: place.takesUsername,
		},
	}
}

// sections returns the keys of the answers file that hold further keys, at its top.
func sections() []string {
	out := []string{componentsKey, environmentsKey}
	for _, q := range questions() {
		if section, _, nested := strings.Cut(q.leaf, "."); nested && !slices.Contains(out, section) {
			out = append(out, section)
		}
	}
	return out
}
