package verify

import (
	"maps"
	"math/rand/v2"
	"slices"
	"strings"

	"conductor-registry/model/chart"
)

// generator makes values files about images, policies and pull secrets, right and wrong ones.
type generator struct {
	*rand.Rand
	profile *chart.Profile
}

// paths returns the keys that the charts or their guide have, with the tables that they are in.
func (g generator) paths() []string {
	return strings.Fields(`
		global.image.registry global.image.tag global.image.pullPolicy global.image.pullSecrets
		server.image.registry server.image.repository server.image.tag server.image.pullPolicy server.image.pullSecrets
		workers.image.registry workers.image.repository workers.image.tag workers.image.pullPolicy
		image.registry image.repository image.tag image.pullPolicy image.conductorImageName image.workersImageName
		image.repositorySecretName workerImage.repository workerImage.tag workerImage.pullPolicy
		existingImagePullSecret imageCredentials.enabled imageCredentials.registry imageCredentials.username
		customImagePullSecrets.enabled customImagePullSecrets.enabled customImagePullSecrets.name
		customImagePullSecrets.registries customImagePullSecrets.registries`)
}

func (g generator) tables() []string {
	return strings.Fields(`global global.image server server.image workers workers.image image workerImage
		imageCredentials customImagePullSecrets`)
}

// file returns one values file.
func (g generator) file() string {
	tree := map[string]any{}
	if g.profile.ID == "3.0" && g.IntN(20) > 0 {
		put(tree, "conductor.properties", "a=b")
		put(tree, "workers.properties", pick(g, "c=d", "{file: e=f}", "'{{ g }}'"))
	}
	for range 1 + g.IntN(8) {
		path := pick(g, g.paths()...)
		put(tree, path, g.value(path))
	}
	if g.IntN(12) == 0 {
		put(tree, pick(g, g.tables()...), pick(g, "", "~", "{}", "text", "[a]", "{image: }", "{image: {}}"))
	}
	var out strings.Builder
	g.write(&out, tree, "")
	switch g.IntN(16) {
	case 0:
		return "---\n" + out.String()
	case 1:
		return out.String() + "---\nimage: {tag: other}\nserver: {image: {tag: other}}\n"
	case 2: // an anchor, a merge key, a table that stands twice
		return "x: &x {tag: '1.5', pullPolicy: Never}\n" + out.String() + pick(g, "image:\n  <<: *x\n", "workers: {image: *x}\n")
	case 3:
		return "\uFEFF" + strings.ReplaceAll(out.String(), "\n", "\r\n")
	}
	return out.String()
}

func (g generator) value(path string) string {
	usual := map[string][]string{
		"registry":   {"r.io", "r.io:5000", `""`, "registry.example.com/team"},
		"tag":        {"5.2.42", `"5.10"`, "5.10", `""`, "'5.2.42@sha256:" + strings.Repeat("ab", 32) + "'"},
		"pullPolicy": {"Always", "IfNotPresent", `""`, "always"},
		"enabled":    {"true", "false", "true"},
		"name":       {"my-secret", "orkesregistry", "'123'", "'no'"},
		"registries": {"[]", "[{registry: a.io, username: u, password: p}]", "[{username: u}]",
			"[{registry: a.io}, {registry: b.io, password: 1}]", "[text]", "\n    - registry: a.io\n      email: e"},
	}
	kind := path[strings.LastIndex(path, ".")+1:]
	if known, ok := usual[kind]; ok && g.IntN(4) > 0 {
		return pick(g, known...)
	}
	if g.IntN(3) > 0 {
		return pick(g, "orkes/server", "r.io/o/s", "a-name", `"quoted"`, "'single'", `""`)
	}
	return g.odd()
}

// odd returns a value as people, generators and YAML write them.
func (g generator) odd() string {
	return pick(g, "", "~", "null", "true", "yes", "off", "0", "0.0", "1", "1.0", "5.2", "010", "0x10", "0o17", "1e3", "1_000",
		"999999", "1000000", "20240101", "-1", "2024-01-02", "12:30:45", "1.2.3", "[]", "{}", "[a]", "{a: b}", "[{name: a}]",
		`"a\"b"`, `"a\nb"`, `"a: b"`, `"#x"`, `" x "`, `"- a"`, `"*a"`, `"&a b"`, `"%x"`, `"a\\b"`, `"a\\"`, `"a'b"`, `"日本"`, `"\t"`,
		`"yes"`, `"~"`, `"null"`, `"1e3"`, `"0x1f"`, `"1.5"`, `"{a"`, `"[a]"`, `"a #b"`, `"!x"`, `"@x"`, `"|"`, `">"`, `"? a"`,
		"!!str 5.10", ".inf", "|\n    a\n    b", ">-\n    a\n    b", "sha256:"+strings.Repeat("0", 64), "https://r.io/", "R.io/X")
}

func (g generator) write(out *strings.Builder, table map[string]any, indent string) {
	for _, key := range slices.Sorted(maps.Keys(table)) {
		switch value := table[key].(type) {
		case map[string]any:
			out.WriteString(indent + key + ":\n")
			g.write(out, value, indent+"  ")
		case string:
			out.WriteString(strings.TrimRight(indent+key+": "+value, " ") + "\n")
		}
	}
}

func pick[T any](g generator, from ...T) T { return from[g.IntN(len(from))] }

// put sets a path, unless a value that is not a table is in the way.
func put(tree map[string]any, path, value string) {
	key, rest, deeper := strings.Cut(path, ".")
	if !deeper {
		tree[key] = value
		return
	}
	below, ok := tree[key].(map[string]any)
	if !ok {
		if tree[key] != nil {
			return
		}
		below = map[string]any{}
		tree[key] = below
	}
	put(below, rest, value)
}
