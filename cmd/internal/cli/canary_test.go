package cli

import (
	"archive/tar"
	"compress/gzip"
	"crypto/rand"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"
)

// newCanary returns a random secret.
func newCanary() string { return "Zq7" + rand.Text()[:14] }

// secretPlaces returns values files with a secret in every place that people put one. TAIL is a part of the secret.
func secretPlaces() map[string]string {
	return map[string]string{
		"credentials": "imageCredentials: {registry: r.io, username: robot, password: CANARY, pin: CANARY, pasword: CANARY}\n" +
			"customImagePullSecrets:\n  enabled: true\n  registries:\n  - {registry: r.io, username: u, password: CANARY}\n" +
			"postgres: {password: CANARY, url: \"postgres://u:CANARY@db.example.com/x\"}\n" +
			"security: {jwtSecret: CANARY, secretKey: CANARY, token: CANARY}\n" +
			"conductor: {env: [{name: DB_PASSWORD, value: CANARY}]}\nglobal: {image: {tag: \"x CANARY\"}} # password: CANARY\n",
		"lines": "imageCredentials:\n  password: CANARY,TAIL\n  email: &a !!str CANARY}TAIL\n  other: *a\npostgres:\n" +
			"  password: CANARY}TAIL\n  token: |\n    CANARY\n    TAIL\n",
		"registries": "imageCredentials:\n  registry: \"u:CANARY@host.example.com\"\n" +
			"global: {image: {registry: \"https://u:CANARY@host.example.com/\"}}\n" +
			"server: {image: {repository: \"u:CANARY@host.example.com/server\"}}\n" +
			"existingImagePullSecret: '{\"auths\":{\"r.io\":{\"auth\":\"CANARY\"}}}'\n",
		"an encoded name":       "existingImagePullSecret: ENCODED\n",
		"an alias":              "imageCredentials:\n  password: *CANARY\n",
		"text that is not YAML": "a: [\nimageCredentials:\n  password: CANARY\n",
		"wrong types": "imageCredentials:\n  password: [CANARY, {x: CANARY}]\nserver: {image: {tag: 5, password: CANARY}}\n" +
			"existingImagePullSecret: [CANARY]\npostgres: {password: CANARY}\n",
		"ways to pass a secret": "global: {image: {registry: 'CANARY@r.io', tag: \"password=CANARY\"}}\n" +
			"imageCredentials:\n  username: 'u:CANARY'\n  CANARY:\nserver: {image: {repository: 'u%3ACANARY%40r.io'}}\n" +
			"existingImagePullSecret: !!binary LOGIN\nargs: [\"--password\", \"CANARY\"]\ndbpass: CANARY\n" +
			"run: echo CANARY | docker login --password-stdin\nsas: {url: \"https://a.example.com/?sig=CANARY\"}\n" +
			"x: |\n  kind: Secret\n  stringData:\n    foo: CANARY\n? {password: CANARY}\n: x\n",
		"UTF-16":                 "imageCredentials: {registry: 'u:CANARY@r.io', password: CANARY}\nglobal: {image: {tag: CANARY}}\n",
		"an alias of a password": "imageCredentials: {password: CANARY}\nserver: *CANARY\n",
		"open brackets": "imageCredentials: {\nfoo: CANARY,\nregistry: [\nx: {password: CANARY}\nserver: {foo: CANARY}\n" +
			"token: |\n  ABCD==CANARY\n  CANARY=x\n",
	}
}

// utf16Text returns text in UTF-16 with a byte order mark.
func utf16Text(text string) string {
	var out []byte
	for _, unit := range utf16.Encode([]rune("\ufeff" + text)) {
		out = binary.LittleEndian.AppendUint16(out, unit)
	}
	return string(out)
}

// hasCanary reports whether a text has a secret in it, in any spelling.
func hasCanary(text, canary string) bool {
	for _, tail := range []string{"", ":", "\n"} {
		encoded := strings.TrimRight(base64.StdEncoding.EncodeToString([]byte("u:"+canary+tail)), "=")
		if strings.Contains(text, encoded[:len(encoded)-4]) {
			return true
		}
	}
	text = strings.NewReplacer("\x00", "", `\x00`, "", `\u0000`, "").Replace(text) // of UTF-16
	return strings.Contains(strings.ToLower(text), strings.ToLower(canary)) || strings.Contains(text, base64.StdEncoding.EncodeToString([]byte(canary))[:16]) ||
		strings.Contains(text, url.QueryEscape(canary))
}

// TestNoSecretIsShown puts a secret into every place and calls every command with every format: nothing that is printed
// has it, nor what is written but the user's own files, nor what other programs are given.
func TestNoSecretIsShown(t *testing.T) {
	for place, text := range secretPlaces() {
		t.Run(place, func(t *testing.T) {
			t.Parallel()
			canary, tail := newCanary(), newCanary()
			text := strings.NewReplacer("CANARY", canary, "TAIL", tail, "ENCODED", base64.StdEncoding.EncodeToString(
				[]byte(`{"auths":{"r.io":{"username":"u","password":"`+canary+`"}}}`)),
				"LOGIN", base64.StdEncoding.EncodeToString([]byte("u:"+canary+"@r.io"))).Replace(text)
			if place == "UTF-16" {
				text = utf16Text(text)
			}
			in := newInputs(t)
			in.stdin = text
			write(t, in.values, text)
			write(t, in.folder+"/deploy/values.yaml", text)
			write(t, in.folder+"/deploy/pull-secret.sh", "password="+canary+"\n")
			write(t, in.chart+"/values.yaml", text)
			for _, program := range []string{in.helm, in.kubectl} { // they print what they are given
				write(t, program, "#!/bin/sh\necho \"$@\" >> "+in.folder+"/given; env >> "+in.folder+"/given\n"+
					"echo v3.15.0; cat >&2; exit 1\n")
			}
			checkNoCanary(t, in, canary, tail)
		})
	}
}

func checkNoCanary(t *testing.T, in *inputs, secrets ...string) {
	t.Helper()
	before := map[string]bool{}
	walk(t, in.folder, func(name string) { before[name] = true })
	everyCommand(t, in, func(r result) {
		for _, canary := range secrets {
			if hasCanary(r.said, canary) || !r.isOwnFile && hasCanary(r.out, canary) {
				t.Errorf("%q shows a secret:\n%s%s", strings.Join(r.args, " "), r.out, r.said)
			}
		}
	})
	walk(t, in.folder, func(name string) {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, canary := range secrets {
			isCopy := in.hasBase && filepath.Base(name) == "values.yaml"
			if !before[name] && !isCopy && hasCanary(string(data), canary) {
				t.Errorf("%s has a secret in it:\n%s", name, data)
			}
		}
	})
}

func walk(t *testing.T, folder string, visit func(name string)) {
	t.Helper()
	err := filepath.WalkDir(folder, func(name string, entry fs.DirEntry, err error) error {
		if err == nil && entry.Type().IsRegular() {
			visit(name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestNoSecretOfAnArchiveIsShown does the same with the values file in a packed chart.
func TestNoSecretOfAnArchiveIsShown(t *testing.T) {
	for place, text := range secretPlaces() {
		t.Run(place, func(t *testing.T) {
			t.Parallel()
			canary, tail := newCanary(), newCanary()
			text := strings.NewReplacer("CANARY", canary, "TAIL", tail, "ENCODED", "x").Replace(text)
			in := newInputs(t)
			in.flags = []string{"--chart=" + in.folder + "/chart.tgz"}
			write(t, in.folder+"/chart.tgz", packed(t, map[string]string{"x/values.yaml": text,
				"x/Chart.yaml": "apiVersion: v2\nname: orkes-conductor\nversion: 2.8.0\n"}))
			checkNoCanary(t, in, canary, tail)
			write(t, in.folder+"/chart.tgz", packed(t, map[string]string{"x/Chart.yaml": text}))
			checkNoCanary(t, in, canary, tail)
		})
	}
}

// packed returns a .tgz of files.
func packed(t *testing.T, files map[string]string) string {
	t.Helper()
	var out strings.Builder
	zipped := gzip.NewWriter(&out)
	archive := tar.NewWriter(zipped)
	for name, text := range files {
		if err := archive.WriteHeader(&tar.Header{Name: name, Mode: 0o644, Size: int64(len(text)), Typeflag: tar.TypeReg}); err != nil {
			t.Fatal(err)
		}
		if _, err := archive.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(archive.Close(), zipped.Close()); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// TestNoSecretOfAnswersIsShown does the same with secrets in answers files.
func TestNoSecretOfAnswersIsShown(t *testing.T) {
	for place, text := range map[string]string{
		"a host":          "registry: {provider: generic, host: \"u:CANARY@r.example.com\"}\n",
		"a web address":   "registry: {provider: generic, host: \"https://u:CANARY@r.example.com\"}\n",
		"a company":       "registry: {provider: jfrog, company: \"u:CANARY@acme\", repository: docker}\n",
		"a path":          "registry: {provider: generic, host: r.io, path: \"u:CANARY@x\"}\n",
		"a password":      "registry: {provider: generic, host: r.io}\npullSecret: {password: CANARY}\n",
		"a tag":           "registry: {provider: generic, host: r.io}\ntag: \"password=CANARY\"\n",
		"a pasted json":   "registry: {provider: generic, host: r.io}\npullSecret: {name: '{\"auths\":{\"r\":{\"auth\":\"CANARY\"}}}'}\n",
		"a docker config": "registry: {provider: generic, host: '{\"auths\":{\"r.io\":{\"username\":\"u\",\"password\":\"CANARY\"}}}'}\n",
		"base64":          "registry: {provider: generic, host: !!binary LOGIN}\n",
		"a token":         "registry: {provider: generic, host: 'CANARY@r.io'}\n",
		"no YAML":         "registry: [\npassword: CANARY\n",
		"presets":         "registry: {provider: generic, host: r.io}\npresets: \"u:CANARY@x\"\n",
		"a base":          "registry: {provider: generic, host: r.io}\nbase: values.yaml\n",
	} {
		t.Run(place, func(t *testing.T) {
			t.Parallel()
			canary := newCanary()
			in := newInputs(t)
			in.hasBase = place == "a base"
			write(t, in.answers, "version: 1\n"+strings.NewReplacer("CANARY", canary, "LOGIN",
				base64.StdEncoding.EncodeToString([]byte("u:"+canary+"@r.io"))).Replace(text))
			write(t, in.values, "imageCredentials: {password: "+canary+"}\npostgres: {password: "+canary+"}\n")
			checkNoCanary(t, in, canary)
		})
	}
}

// TestNoSecretOfArgumentsIsShown does the same with secrets on the command line.
func TestNoSecretOfArgumentsIsShown(t *testing.T) {
	for _, flags := range []string{
		"--set=imageCredentials.password=CANARY", "--set=imageCredentials.password=CANARY,TAIL",
		"--set-string=imageCredentials.password=CANARY,TAIL", "--set=imageCredentials.password=CANARY}TAIL,=",
		"--set=postgres.url=postgres://u:CANARY@h", "--set=pullSecret.password=CANARY", "--set=registry.host=u:CANARY@r.io",
		"--set=u:CANARY@r.io", "--registry-host=u:CANARY@r.example.com", "--registry=u:CANARY@r.io", "--username=u:CANARY@r.io",
		"--registry-host=https://u:CANARY@r.example.com/", "--registry-host=CANARY@r.io", "--registry-host=u%3ACANARY%40r.io", "--namespace=u:CANARY@x", "--chart-version=u:CANARY@x",
		"--chart=u:CANARY@x", "--profile=u:CANARY@x", "--timeout=u:CANARY@x", "--format=u:CANARY@x", "--output=u:CANARY@x",
		"--environment=u:CANARY@x", "--ca-file=u:CANARY@x", "--to=u:CANARY@x", "--platform=u:CANARY@x", "--helm=u:CANARY@x",
		"--kubectl=u:CANARY@x", "--context=u:CANARY@x", "--release=u:CANARY@x", "--out=FOLDER/u:CANARY@x", "--presets=u:CANARY@x", "--presets=FOLDER/presets",
		"--set-file=imageCredentials.password=FOLDER/canary.txt", "--set-file=imageCredentials.password=FOLDER/CANARY",
	} {
		t.Run(flags, func(t *testing.T) {
			t.Parallel()
			canary, tail := newCanary(), newCanary()
			in := newInputs(t)
			in.flags = []string{strings.NewReplacer("CANARY", canary, "TAIL", tail, "FOLDER", in.folder).Replace(flags)}
			write(t, in.folder+"/canary.txt", canary+"\n")
			write(t, in.folder+"/presets/x.yaml", "id: [\npassword: "+canary+"\n")
			checkNoCanary(t, in, canary, tail)
		})
	}
	canary := newCanary()
	in := newInputs(t)
	for _, args := range [][]string{{"u:" + canary + "@r.io"}, {"generate", "u:" + canary + "@r.io"}, {"lint", "-p" + canary},
		{"probe", "--password", canary}, {"probe", "--password=" + canary}, {"presets", "u:" + canary + "@r.io"},
		{"schema", "u:" + canary + "@r.io"}, {"help", "u:" + canary + "@r.io"}} {
		if r := in.call(args); hasCanary(r.out+r.said, canary) || r.code != exitUsage {
			t.Errorf("%q: exit code %d\n%s%s", args, r.code, r.out, r.said)
		}
	}
}

// TestNoSecretOfADockerConfigIsShown does the same with docker's config, valid or not.
func TestNoSecretOfADockerConfigIsShown(t *testing.T) {
	for place, text := range map[string]string{
		"a key":       `{"auths":{"u:CANARY@127.0.0.1:1":{"auth":"dTpw"},"https://u:CANARY@r.io/v1/":{"auth":"dTpw"}},"credHelpers":{"u:CANARY@x":"y"}}`,
		"wrong types": `{"auths":{"127.0.0.1:1":{"auth":5,"password":"CANARY"}}}`,
		"a text":      `{"auths":"CANARY"}`,
		"no base64":   `{"auths":{"127.0.0.1:1":{"auth":"CANARY","password":"CANARY","identitytoken":"CANARY"}}}`,
		"cut off":     `{"auths":{"127.0.0.1:1":{"auth":"CANARY"`,
	} {
		t.Run(place, func(t *testing.T) {
			canary := newCanary()
			in := newInputs(t)
			write(t, in.folder+"/docker/config.json", strings.ReplaceAll(text, "CANARY", canary))
			t.Setenv("DOCKER_CONFIG", in.folder+"/docker")
			checkNoCanary(t, in, canary)
			in.flags = []string{"--dockerconfigjson=" + in.folder + "/docker/config.json"}
			checkNoCanary(t, in, canary)
		})
	}
}

// TestNoSecretOfProgramsIsShown lets helm, kubectl and a credential helper print secrets that no file has.
func TestNoSecretOfProgramsIsShown(t *testing.T) {
	canary := newCanary()
	in := newInputs(t)
	said := "Error: login to https://u:" + canary + "@h.example.com failed: password=" + canary + "\n  token: " + canary + "\n"
	for _, program := range []string{in.helm, in.kubectl} {
		write(t, program, "#!/bin/sh\ncase $1 in version) echo v3.15.0; exit;; esac\ncat >&2 <<'EOF'\n"+said+"EOF\nexit 1\n")
	}
	write(t, in.values, "global: {image: {registry: r.io}}\n")
	everyCommand(t, in, func(r result) {
		if hasCanary(r.out+r.said, canary) {
			t.Errorf("%q shows a secret:\n%s%s", strings.Join(r.args, " "), r.out, r.said)
		}
	})
}

// The text of a converted file in JSON is the user's own file.
func TestJSONKeepsTheUsersOwnFile(t *testing.T) {
	canary := newCanary()
	in := newInputs(t)
	write(t, in.values, "global: {image: {registry: r.io}}\nimageCredentials: {password: \""+canary+"\\x1b\"}\n")
	r := in.call([]string{"convert", "-f", in.values, "--to", "2.8", "--chart-version", "2.8", "-o", "json"})
	var document converted
	if err := json.Unmarshal([]byte(r.out), &document); err != nil || !strings.Contains(document.Text, canary) {
		t.Errorf("%v, %s%s", err, r.out, r.said)
	}
}
