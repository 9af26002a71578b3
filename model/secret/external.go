package secret

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	_ "embed" // the pieces are files beside this one

	"conductor-registry/model/values"
)

var (
	//go:embed manifest/external-secret.yaml
	externalSecretYAML string
	//go:embed manifest/external-document.yaml
	externalDocumentYAML string
	//go:embed manifest/generator.yaml
	generatorYAML string
	//go:embed manifest/data-from.yaml
	dataFromYAML string
	//go:embed manifest/rewrite.yaml
	rewriteYAML string
	//go:embed manifest/data.yaml
	dataYAML string
	//go:embed manifest/store.yaml
	storeYAML string
)

// fromStore is how often a login from a store is looked up again, in minutes: it changes when somebody changes it.
const fromStore = 60

// ExternalSecret is the manifests that let External Secrets make the secret and keep it fresh: for each namespace an
// ExternalSecret (external-secrets.io/v1) and the generators of its logins. A login without a generator comes from a
// store. The error says why there are none.
func ExternalSecret(r Request) (string, error) {
	if err := r.onlyScript(); err != nil {
		return "", err
	}
	if r.fromDocker() {
		return "", errors.New("logins are looked up in the cluster by External Secrets, and docker's configuration is not " +
			"there; leave out --from-docker-config")
	}
	var documents []string
	for _, namespace := range r.namespaces() {
		documents = append(documents, r.external(namespace)...)
	}
	var needs []string
	for _, l := range r.Logins {
		needs = append(needs, l.Generator.Needs...)
	}
	about := ""
	if len(needs) > 0 {
		about = "#\n"
	}
	return fill(externalSecretYAML, "__name__", oneLine(r.Name), "__places__", r.places(),
		"__logins__\n", r.loginComment(false), "__needs__\n", about+comment("# ", needs), "__about__\n", "#\n",
		"__instead__\n", instead(r), "__documents__\n", strings.Join(documents, "---\n")), nil
}

// external is the documents for one namespace.
func (r Request) external(namespace string) []string {
	var auths, dataFrom, data, generators []string
	minutes, store := 0, ""
	for i, l := range r.Logins {
		prefix, name := strings.ToLower(l.Prefix), r.Name
		if l.Prefix != "" {
			name += "-" + strings.TrimSuffix(prefix, "_")
		}
		pairs := []string{"__kind__", l.Generator.Kind, "__generator__", values.QuoteIfNeeded(name), "__prefix__", prefix,
			"__namespace__", values.QuoteIfNeeded(namespace), "__spec__\n", indented("  ", l.Generator.Spec)}
		comma := ","
		if i == len(r.Logins)-1 {
			comma = ""
		}
		auths = append(auths, fmt.Sprintf("            %s%s\n", l.entry(prefix), comma))
		every := fromStore
		if l.Generator.Kind == "" {
			store = storeYAML
			data = append(data, l.lookups(prefix)...)
		} else {
			every = l.Generator.Minutes
			generators = append(generators, fill(generatorYAML, pairs...))
			source := dataFromYAML
			if prefix != "" {
				source += rewriteYAML
			}
			dataFrom = append(dataFrom, fill(source, pairs...))
		}
		if minutes == 0 || every < minutes {
			minutes = every
		}
	}
	sources := section("  dataFrom:\n", dataFrom) + section("  data:\n", data)
	return append(generators, fill(externalDocumentYAML, "__name__", values.QuoteIfNeeded(r.Name),
		"__namespace__", values.QuoteIfNeeded(namespace), "__refresh__", fmt.Sprintf("%dm", minutes), "__store__\n", store,
		"__auths__\n", strings.Join(auths, ""), "__sources__\n", sources))
}

// section is the pieces below their key; "" for none.
func section(key string, pieces []string) string {
	if len(pieces) == 0 {
		return ""
	}
	return key + strings.Join(pieces, "")
}

// entry is the login's entry under auths, for External Secrets' templates. The kubelet needs no more than "auth".
func (l Login) entry(prefix string) string {
	key, err := newLoginView(l)
	if err != nil {
		return ""
	}
	auth := strings.ReplaceAll(l.Generator.Auth, ".", "."+prefix)
	if auth == "" {
		user := "." + prefix + "username"
		if l.Generator.Kind == "" && l.Username != "" {
			user = strconv.Quote(l.Username)
		}
		auth = fmt.Sprintf(`printf "%%s:%%s" %s .%spassword | b64enc`, user, prefix)
	}
	return fmt.Sprintf(`%s:{"auth":"{{ %s }}"}`, key.Key, auth)
}

// lookups take the login out of a store.
func (l Login) lookups(prefix string) []string {
	properties := []string{"username", "password"}
	if l.Username != "" {
		properties = properties[1:]
	}
	var out []string
	for _, property := range properties {
		out = append(out, fill(dataYAML, "__key__", prefix+property, "__path__", l.Prefix+"LOGIN", "__property__", property))
	}
	return out
}
