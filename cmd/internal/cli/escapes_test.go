package cli

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"conductor-registry/verify/images/registrytest"
)

// attack is text that steers a terminal, hides what follows, and forges a line of its own.
const attack = "ok\x1b]0;owned\x07\x1b[2J\u009b31m\u202e\u2028\u200b\u3164\u034f\U000e0101\r\nFORGED: error\n  hint: FORGED\nowned"

// yamlAttack is the attack as YAML and JSON write it.
var yamlAttack = strconv.QuoteToASCII(strings.ReplaceAll(attack, "\x07", ""))

// checkVisible checks that a text cannot act on a terminal, and has no forged line.
func checkVisible(t *testing.T, r result, where, text string) {
	t.Helper()
	for _, c := range text {
		if unicode.IsControl(c) && c != '\n' && c != '\t' || unicode.In(c, unicode.Cf, unicode.Zl, unicode.Zp,
			unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector) {
			t.Errorf("%q prints %q to standard %s:\n%q", strings.Join(r.args, " "), c, where, text)
			return
		}
	}
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "FORGED") || line == "  hint: FORGED\n" {
			t.Errorf("%q prints a forged line to standard %s:\n%s", strings.Join(r.args, " "), where, text)
			return
		}
	}
	if !utf8.ValidString(text) {
		t.Errorf("%q prints bytes that are not UTF-8: %q", strings.Join(r.args, " "), text)
	}
}

func checkEscapes(t *testing.T, in *inputs) (printed string) {
	t.Helper()
	everyCommand(t, in, func(r result) {
		checkVisible(t, r, "error", r.said)
		isJSON := slices.Contains(r.args, "json") || slices.Contains(r.args, "sarif")
		if isJSON && r.out != "" && !json.Valid([]byte(r.out)) {
			t.Errorf("%q prints JSON that is not valid:\n%s", strings.Join(r.args, " "), r.out)
		}
		if isJSON || !r.isOwnFile {
			checkVisible(t, r, "output", r.out)
		}
		printed += r.out + r.said
	})
	return printed
}

// TestNoTextActsOnTheTerminal puts control characters into values, keys and answers, and calls every command with every
// format. What is around them is still printed.
func TestNoTextActsOnTheTerminal(t *testing.T) {
	for place, text := range map[string]string{
		"values": "global: {image: {registry: ATTACK, tag: ATTACK}}\nserver: {image: {repository: ATTACK, pullPolicy: ATTACK}}\n" +
			"existingImagePullSecret: ATTACK\nimageCredentials: {registry: ATTACK, username: ATTACK}\n",
		"keys": "ATTACK: {image: ATTACK}\nglobal: {image: {ATTACK: x, pullSecrets: [ATTACK, {name: ATTACK}]}}\n" +
			"server: {ATTACK: {image: x}}\ncustomImagePullSecrets: {name: ATTACK, registries: [{registry: ATTACK}]}\n",
		"wrong types": "global: ATTACK\nserver: {image: {tag: {ATTACK: 1}}}\nworkers: !<ATTACK> x\n",
		"not YAML":    "a: \"\x1b]0;owned\x07\nb: [\xff\x9b31m\n",
	} {
		t.Run(place, func(t *testing.T) {
			t.Parallel()
			in := newInputs(t)
			in.stdin = strings.ReplaceAll(text, "ATTACK", yamlAttack)
			write(t, in.values, in.stdin)
			write(t, in.folder+"/deploy/values.yaml", in.stdin+"kept: line\n")
			write(t, in.folder+"/deploy/pull-secret.sh", "echo "+attack+"\necho kept line\n")
			printed := checkEscapes(t, in)
			for _, want := range []string{"values.yaml", "kept: line", "echo kept line", "owned"} {
				if !strings.Contains(printed, want) {
					t.Errorf("nothing that was printed names %q", want)
				}
			}
		})
	}
}

// TestNoTextOfOthersActsOnTheTerminal does the same with answers, charts, profiles, states of clusters, programs and file
// names.
func TestNoTextOfOthersActsOnTheTerminal(t *testing.T) {
	for place, prepare := range map[string]func(t *testing.T, in *inputs){
		"answers": func(t *testing.T, in *inputs) {
			t.Helper()
			write(t, in.answers, "version: 1\nregistry: {provider: generic, host: "+yamlAttack+", "+yamlAttack+": x}\ntag: "+yamlAttack+"\n"+
				yamlAttack+": x\npullSecret: {name: "+yamlAttack+", username: "+yamlAttack+"}\nenvironments: {"+yamlAttack+": {}}\n")
		},
		"a chart": func(t *testing.T, in *inputs) {
			t.Helper()
			write(t, in.chart+"/Chart.yaml", "apiVersion: v2\nname: "+yamlAttack+"\nversion: "+yamlAttack+"\nappVersion: "+yamlAttack+"\n")
			write(t, in.chart+"/values.yaml", "global: {image: {registry: "+yamlAttack+"}}\n")
		},
		"programs": func(t *testing.T, in *inputs) {
			t.Helper()
			for _, program := range []string{in.helm, in.kubectl} {
				write(t, program, "#!/bin/sh\nprintf '%s' '"+attack+"'\nprintf '%s' '"+attack+"' >&2\nexit 1\n")
			}
		},
		"a manifest": func(t *testing.T, in *inputs) {
			t.Helper()
			write(t, in.helm, "#!/bin/sh\ncase $1 in version) echo v3.15.0; exit;; esac\ncat <<'EOF'\n"+
				"apiVersion: v1\nkind: "+yamlAttack+"\nmetadata: {name: "+yamlAttack+"}\nspec: {containers: [{name: "+yamlAttack+", image: "+
				yamlAttack+", imagePullPolicy: "+yamlAttack+"}], imagePullSecrets: [{name: "+yamlAttack+"}]}\nEOF\n")
		},
		"a cluster": func(t *testing.T, in *inputs) {
			t.Helper()
			state := `{"kind":"List","items":[{"kind":"Pod","metadata":{"name":ATTACK,"namespace":ATTACK,"labels":{"app":ATTACK}},` +
				`"spec":{"imagePullSecrets":[{"name":ATTACK}],"containers":[{"name":ATTACK,"image":ATTACK}]},"status":{"phase":"Pending",` +
				`"containerStatuses":[{"name":ATTACK,"image":ATTACK,"state":{"waiting":{"reason":"ErrImagePull","message":ATTACK}}}]}},` +
				`{"kind":"Event","metadata":{"name":ATTACK},"reason":"Failed","message":ATTACK,"involvedObject":{"kind":"Pod","name":ATTACK}}]}`
			state = strings.ReplaceAll(state, "ATTACK", jsonAttack(t))
			write(t, in.state, state)
			write(t, in.kubectl, "#!/bin/sh\ncat <<'EOF'\n"+state+"\nEOF\n")
		},
		"a secret": func(t *testing.T, in *inputs) {
			t.Helper()
			write(t, in.secret, `{"auths":{`+jsonAttack(t)+`:{"auth":`+jsonAttack(t)+`},"127.0.0.1:1":{"username":`+jsonAttack(t)+`,"password":"x"}}}`)
		},
		"presets": func(t *testing.T, in *inputs) {
			t.Helper()
			in.flags = []string{"--presets=" + in.folder + "/presets"}
			write(t, in.folder+"/presets/x.yaml", "id: "+yamlAttack+"\ntitle: "+yamlAttack+"\n"+yamlAttack+": x\n")
		},
		"file names": func(t *testing.T, in *inputs) {
			t.Helper()
			in.values, in.answers = in.folder+"/"+strings.ReplaceAll(attack, "/", "")+".yaml", in.folder+"/a"+attack+".yaml"
			write(t, in.values, "imageCredentials: {password: [x\n")
			write(t, in.answers, "version: 2\ntag: [x\n")
		},
		"missing files": func(t *testing.T, in *inputs) {
			t.Helper()
			missing := in.folder + "/none" + attack
			in.values, in.answers, in.chart, in.state, in.secret, in.helm, in.kubectl = missing, missing, missing, missing, missing, missing, missing
		},
	} {
		t.Run(place, func(t *testing.T) {
			t.Parallel()
			in := newInputs(t)
			prepare(t, in)
			checkEscapes(t, in)
		})
	}
}

func jsonAttack(t *testing.T) string {
	t.Helper()
	quoted, err := json.Marshal(attack)
	if err != nil {
		t.Fatal(err)
	}
	return string(quoted)
}

// TestNoArgumentActsOnTheTerminal gives every flag of every command an attack.
func TestNoArgumentActsOnTheTerminal(t *testing.T) {
	for _, name := range []string{"set", "set-string", "set-file", "registry-host", "registry-provider", "tag", "registry", "username",
		"namespace", "chart-version", "chart", "profile", "timeout", "format", "output", "environment", "ca-file", "to", "platform", "helm",
		"kubectl", "context", "release", "save", "from", "presets"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in := newInputs(t)
			in.flags = []string{"--" + name + "=" + attack}
			checkEscapes(t, in)
			in.flags = []string{"--" + name + "=x.y=" + attack}
			checkEscapes(t, in)
		})
	}
	in := newInputs(t)
	for _, args := range [][]string{{attack}, {"generate", attack}, {"lint", "--" + attack}, {"lint", "-" + attack}, {"presets", attack},
		{"schema", attack}, {"help", attack}} {
		r := in.call(args)
		checkVisible(t, r, "error", r.said)
		checkVisible(t, r, "output", r.out)
	}
}

// TestNoRegistryActsOnTheTerminal lets registries answer with control characters.
func TestNoRegistryActsOnTheTerminal(t *testing.T) {
	manifest := `{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[{"mediaType":` +
		`"application/vnd.oci.image.manifest.v1+json","size":1,"digest":"sha256:` + strings.Repeat("a", 64) + `","platform":{"os":` +
		jsonAttack(t) + `,"architecture":` + jsonAttack(t) + `}}]}`
	for _, door := range []registrytest.Middleware{
		registrytest.Answer("", http.StatusOK, http.Header{"Content-Type": {"application/vnd.oci.image.index.v1+json"}}, manifest),
		registrytest.Answer("", http.StatusNotFound, nil, `{"errors":[{"code":`+jsonAttack(t)+`,"message":`+jsonAttack(t)+`}]}`),
		registrytest.Answer("", http.StatusForbidden, nil, attack),
		registrytest.Answer("", http.StatusUnauthorized, http.Header{"Www-Authenticate": {`Bearer realm="https://127.0.0.1:1/` + "\u009b" + `"`}}, attack),
	} {
		_, flags := probing(t, door)
		for _, command := range []string{"probe", "pin"} {
			for _, format := range []string{"text", "json"} {
				in := newInputs(t)
				r := in.call(slices.Concat([]string{command}, flags, []string{"-o", format}))
				checkVisible(t, r, "error", r.said)
				if !r.isOwnFile || format == "json" {
					checkVisible(t, r, "output", r.out)
				}
				if !strings.Contains(r.out+r.said, "127.0.0.1") {
					t.Errorf("%q does not name the registry: %s%s", r.args, r.out, r.said)
				}
			}
		}
	}
}
