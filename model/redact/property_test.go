package redact_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"conductor-registry/model/redact"
)

// writer writes random YAML with a canary in secret places.
type writer struct {
	*rand.Rand
	canary string
	out    strings.Builder
}

func (w *writer) pick(words ...string) string { return words[w.IntN(len(words))] }

// scalar writes text in one of YAML's styles, in a block at that indentation.
func (w *writer) scalar(text string, indent int, inFlow bool) {
	prefix := w.pick("", "", "", "&a"+strconv.Itoa(w.Int())+" ", "!!str ")
	styles := 5
	if inFlow {
		styles = 3
	}
	pad := "\n" + strings.Repeat(" ", indent+2)
	switch w.IntN(styles) {
	case 0:
		w.out.WriteString(prefix + `"` + text + `"`)
	case 1:
		w.out.WriteString(prefix + "'" + text + "'")
	case 2:
		w.out.WriteString(prefix + text)
	case 3:
		w.out.WriteString(prefix + w.pick("|", ">-", "|+") + pad + text + pad + "# more " + text)
	case 4:
		w.out.WriteString(prefix + `"` + text[:3] + `\` + pad + text[3:] + `"`)
	}
}

// secretEntry writes a key with the canary as its value.
func (w *writer) secretEntry(indent int) {
	secret := w.canary + w.pick("", ",x", "}y", "]z", "#q", "@h", "'", `\`+`t`)
	pad := strings.Repeat(" ", indent)
	switch w.IntN(9) {
	case 0, 1:
		key := w.pick("password", "db_password", "pasword", "jwtSecret", "accessToken", "apiKey", "DB_PASSWD", "\"password\"", "client-secret")
		w.out.WriteString(pad + key + ": ")
		if strings.ContainsAny(secret, "'\\") {
			w.out.WriteString(secret)
		} else {
			w.scalar(secret, indent, false)
		}
	case 2:
		w.out.WriteString(pad + w.pick("imageCredentials", "imageCredentails") + ":\n" + pad + "  registry: r.io\n" + pad + "  any" + ": ")
		w.scalar(w.canary, indent+2, false)
	case 3:
		w.out.WriteString(pad + "customImagePullSecrets:\n" + pad + "  registries:\n" + pad + "  - registry: r.io\n" + pad + "    p: ")
		w.scalar(w.canary, indent+4, false)
	case 4:
		w.out.WriteString(pad + "imageCredentials: {registry: r.io, password: ")
		w.scalar(w.canary, indent, true)
		w.out.WriteString(", email: a}")
	case 5:
		w.out.WriteString(pad + "url: " + w.pick("postgres://u:", "https://me:", "u:") + w.canary + "@h.example.com/x")
	case 6:
		w.out.WriteString(pad + "# " + w.pick("password: ", "the token is ", "imageCredentials.x: ") + w.canary)
	case 7:
		w.out.WriteString(pad + "env: [{name: X_TOKEN, value: ")
		w.scalar(w.canary, indent, true)
		w.out.WriteString("}]")
	case 8:
		w.out.WriteString(pad + "data: |\n" + pad + "  a=b\n" + pad + "  spring.password=" + w.canary)
	}
	w.out.WriteString("\n")
}

func (w *writer) mapping(indent, depth int) {
	pad := strings.Repeat(" ", indent)
	for i := range 1 + w.IntN(4) {
		switch w.IntN(6) {
		case 0:
			w.secretEntry(indent)
		case 1:
			if depth < 3 {
				w.out.WriteString(pad + "table" + strconv.Itoa(i) + ":\n")
				w.mapping(indent+2, depth+1)
				break
			}
			fallthrough
		case 2:
			w.out.WriteString(pad + "registry" + strconv.Itoa(i) + ": keep.example.com/a:1.2 # fine\n")
		case 3:
			w.out.WriteString(pad + "list:\n" + pad + "- a\n" + pad + "- tag: \"5.2\"\n")
		case 4:
			w.out.WriteString(pad + "name: x-" + w.canary + "-y\n")
		case 5:
			w.out.WriteString(pad + "\n" + pad + "# a comment\n")
		}
	}
}

// damage makes most files invalid, between two keys at the top.
func (w *writer) damage(text string) string {
	at := strings.LastIndexByte(text[:w.IntN(len(text))], '\n') + 1
	for at < len(text) && strings.ContainsRune(" -\n", rune(text[at])) {
		at += strings.IndexByte(text[at:], '\n') + 1
	}
	return text[:at] + w.pick("\tx: y\n", "  - bad: [\n", "*unknown\n", "a: b: c\n", "}\n") + text[at:]
}

// TestCanaryNeverSurvives writes random values files, valid and not.
func TestCanaryNeverSurvives(t *testing.T) {
	valid := 0
	for seed := range 2000 {
		r := rand.New(rand.NewPCG(uint64(seed), 1))
		w := &writer{Rand: r, canary: fmt.Sprintf("Can4ry%d", r.IntN(1e6))}
		w.out.WriteString("password: " + w.canary + "\n") // what is repeated in names must be a secret somewhere
		w.mapping(0, 0)
		text := w.out.String()
		if seed%4 == 3 {
			text = w.damage(text)
		}
		var tree any
		if yaml.Unmarshal([]byte(text), &tree) == nil {
			valid++
		}
		out := string(redact.Values([]byte(text)))
		if strings.Contains(out, w.canary) || strings.Contains(out, w.canary[3:]) {
			t.Fatalf("seed %d:\n%s\nis shown as\n%s", seed, text, out)
		}
		for i, line := range strings.Split(text, "\n") {
			if strings.Contains(line, "keep.example.com/a:1.2") && !strings.HasPrefix(strings.Split(out, "\n")[i], line[:strings.Index(line, ":")]) {
				t.Fatalf("seed %d, line %d: %q is shown as %q", seed, i+1, line, strings.Split(out, "\n")[i])
			}
		}
	}
	if valid < 1000 {
		t.Errorf("only %d of the files are valid YAML", valid)
	}
}

// FuzzValues holds for all bytes: the number of lines stays, known secrets go, and a diff of two versions shows a change.
func FuzzValues(f *testing.F) {
	for _, seed := range []string{
		"imageCredentials:\n  password: abc\n", "password: |\n  a\n  b\n# c\n", "a: &x {b: *x}\n", "a: b\n bad\npassword: x\n",
		"\xef\xbb\xbfpassword: x\r\nb: c\r\n", "password: \"a\u2028b\"\nc: d\n", "? password\n: x\n", "a: [password: x, y]\n",
		"--- !!map\npassword: x\n...\n---\nb: c\n", "url: a://b:c@d@sha256:e\n",
		"\xff\xfea\x00:\x00 \x00b\x00", "a: |\n  kind: Secret\n  data: {b: c}\n---\nargs: [--password, x]\n", "password: {\nx: [\n}\n",
		"a: !!binary |\n  cGFzc3dvcmQ6\n  IHg=\n? {a: b}\n: u%3Ab%40c\n",
	} {
		f.Add([]byte(seed), uint16(7))
	}
	f.Fuzz(func(t *testing.T, data []byte, at uint16) {
		shown := redact.Values(data)
		isUTF16 := bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff"))
		if !isUTF16 && bytes.Count(shown, []byte("\n")) != bytes.Count(data, []byte("\n")) {
			t.Fatalf("%q has other lines: %q", data, shown)
		}
		const canary = "Can4ry9876"
		if isUTF16 { // the canary would be other characters
			return
		}
		pos := int(at) % (len(data) + 1)
		nl := bytes.LastIndexByte(data[:pos], '\n') + 1
		with := append(append(bytes.Clone(data[:nl]), []byte("\npassword: "+canary+"\n")...), data[nl:]...)
		if shown := redact.Values(with); bytes.Contains(shown, []byte(canary)) {
			t.Fatalf("%q shows the canary: %q", with, shown)
		}
		if old, updated := redact.Pair(data, with); bytes.Equal(old, updated) || bytes.Contains(updated, []byte(canary)) {
			t.Fatalf("%q: %q", old, updated)
		}
		redact.JSON(data)
		redact.VisibleLines(redact.Text(string(data)))
	})
}
