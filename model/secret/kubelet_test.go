package secret

import (
	"bufio"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"slices"
	"testing"
)

// kubelet asks the kubelet's own package, in the program of tools/kubelet (make oracles builds it).
type kubelet struct {
	in  io.Writer
	out *bufio.Reader
}

// startKubelet starts the program of the variable KUBELET. Without it the test is skipped.
func startKubelet(t testing.TB) *kubelet {
	t.Helper()
	program := os.Getenv("KUBELET")
	if program == "" {
		t.Skip("KUBELET does not name the program of tools/kubelet: make kubelet builds it, make fuzz runs this test with it")
	}
	cmd := exec.Command(program)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = in.Close(); _ = cmd.Wait() })
	return &kubelet{in, bufio.NewReader(out)}
}

// tried returns the credentials that the kubelet tries, sorted; false when it cannot read the secret.
func (k *kubelet) tried(t *testing.T, secretType string, data []byte, image string) ([]string, bool) {
	t.Helper()
	question, err := json.Marshal(map[string]any{"Type": secretType, "Data": data, "Image": image})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := k.in.Write(append(question, '\n')); err != nil {
		t.Fatal(err)
	}
	line, err := k.out.ReadBytes('\n')
	if err != nil {
		t.Fatal(err)
	}
	var answer struct {
		Error string
		Tried [][2]string
	}
	if err := json.Unmarshal(line, &answer); err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, login := range answer.Tried {
		out = append(out, login[0]+"\x00"+login[1])
	}
	slices.Sort(out)
	return slices.Compact(out), answer.Error == ""
}

// ourTried is the same by the rules of this package.
func ourTried(secretType string, data []byte, image string) ([]string, bool) {
	logins, keys := map[string]string{}, []string{}
	read, err := ReadPullSecret(secretType, data, func(key, username, password string) {
		keys = append(keys, key)
		logins[key] = username + "\x00" + password
	})
	if err != nil || slices.ContainsFunc(read.Entries, func(e Entry) bool { return e.Problem != "" }) {
		return nil, false
	}
	var out []string
	for _, key := range Lookup(keys, image) {
		out = append(out, logins[key])
	}
	slices.Sort(out)
	return slices.Compact(out), true
}

// FuzzKubelet: any bytes as a pull secret give the credentials that the kubelet's own package gives, for any image.
func FuzzKubelet(f *testing.F) {
	for _, seed := range []struct{ data, image string }{
		{`{"auths":{"r.io":{"auth":"dTpw"}}}`, "r.io/a"},
		{`{"auths":{"https://index.docker.io/v1/":{"username":"u","password":"p"}}}`, "orkesio/a:1"},
		{`{"auths":{"docker.io":{"auth":"dTpw"},"index.docker.io":{"auth":"eDp5"}}}`, "docker.io/orkesio/a"},
		{`{"auths":{"*.r.io":{"auth":"dTpw"},"r.io/v2/x":{"auth":"dTpw"}}}`, "a.r.io/x/y@sha256:" + zeros},
		{`{"auths":{"r.io:443":{"auth":"dTpwOnA="},"R.io":{"auth":"dTpw="}}}`, "r.io:443/a"},
		{`{"auths":{"r.io ":{"auth":"bm9jb2xvbg=="}}}`, "r.io/a"},
		{`{"auths":{"u:p@r.io/a":{"auth":"dTpw","username":"x","identitytoken":"t"}},"credsStore":"desktop"}`, "r.io/a/b"},
		{`{"r.io":{"auth":"dTpw"}}`, "r.io/a"},
		{`{"auths":[]}`, "r.io/a"}, {`{"auths":null}`, "r.io/a"}, {`[]`, "r.io/a"}, {``, "r.io/a"},
		{`{"auths":{"r.io":{"auth":7}}}`, "r.io/a"}, {`{"auths":{"r.io":{"auth":"dTpwAA=="}}}`, "r.io/a"},
		{`{"auths":{"[::1]:5000":{"auth":"dTpw"},"%zz":{"auth":"dTpw"},"a[":{"auth":"dTpw"}}}`, "[::1]:5000/a"},
		{`{"Auths":{"*.*#":{"Auth":"0zp"}}}`, "00"},
		{`{"auths":{"index.docker.io":{}}}`, "A/0"}, {`{"auths":{"index.docker.io":{"auth":"dTpw"}}}`, "localhost/a"},
	} {
		f.Add([]byte(seed.data), seed.image, false)
		f.Add([]byte(seed.data), seed.image, true)
	}
	k := startKubelet(f)
	f.Fuzz(func(t *testing.T, data []byte, image string, isLegacy bool) {
		secretType := DockerConfigType
		if isLegacy {
			secretType = LegacyType
		}
		name := repository(image)
		if name == "" || len(data) == 0 {
			return // such pods and secrets are refused before
		}
		want, wantOK := k.tried(t, secretType, data, name)
		got, ok := ourTried(secretType, data, image)
		for i, text := range got {
			got[i] = string([]rune(text)) // the kubelet's answer is JSON, which has U+FFFD for each invalid byte
		}
		if ok != wantOK || !slices.Equal(got, want) {
			t.Errorf("%s %q for %q: %q, %v; the kubelet %q, %v", secretType, data, image, got, ok, want, wantOK)
		}
	})
}

const zeros = "0000000000000000000000000000000000000000000000000000000000000000"
