//go:build unix

package secret

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// dockerFolder holds a config.json.
func dockerFolder(t *testing.T, config string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "config.json"), []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// dockerLogins are "u:s3cret" for myacr, "hub:s3cret" for Docker Hub, and another that must stay where it is. A line
// break in the file is no matter.
const dockerLogins = `{
	"auths": {
		"myacr.azurecr.io": {"auth": "dTpzM2NyZXQ="},
		"https://index.docker.io/v1/": {"auth": "aHViOnMzY3JldA=="},
		"[2001:db8::1]:5000": {"auth": "djY6czNjcmV0"},
		"other.example.com": {"auth": "b3RoZXI6czNjcmV0"}
	},
	"credHelpers": {"gcr.io": "gcloud"},
	"HttpHeaders": {"User-Agent": "it's \"docker\" $HOME"}
}`

func TestScriptTakesOnlyTheWantedDockerLogin(t *testing.T) {
	six := Login{AuthKey: "[2001:db8::1]:5000", Title: "Registry"}
	env := map[string]string{"DOCKER_CONFIG": dockerFolder(t, dockerLogins), "entry": "x", "auths": "x"}
	for _, c := range []struct {
		logins []Login
		want   map[string][2]string
	}{
		{[]Login{acr}, map[string][2]string{"myacr.azurecr.io": {"u", "s3cret"}}},
		{[]Login{six}, map[string][2]string{"[2001:db8::1]:5000": {"v6", "s3cret"}}},
		{[]Login{acr, hub}, map[string][2]string{"myacr.azurecr.io": {"u", "s3cret"}, hub.AuthKey: {"hub", "s3cret"}}},
	} {
		r := (&run{kubectl: true, env: env}).do(t, scriptOf(t, Script, docker(t, c.logins...)))
		wantLogins(t, r, c.want)
		r.want(t, 0, c.logins[0].AuthKey+" from docker")
		r.keeps(t, "s3cret", "dTpzM2NyZXQ", "b3RoZXI6czNjcmV0")
		for _, call := range r.all("kubectl", "apply") {
			if strings.Contains(call.Stdin, "b3RoZXI") {
				t.Error("another registry's login goes into the secret")
			}
		}
	}
}

func TestScriptFindsDockersFolder(t *testing.T) {
	home := t.TempDir()
	if err := os.Rename(dockerFolder(t, dockerLogins), filepath.Join(home, ".docker")); err != nil {
		t.Fatal(err)
	}
	wantLogins(t, (&run{kubectl: true, env: map[string]string{"HOME": home}}).do(t, scriptOf(t, Script, docker(t, acr))),
		map[string][2]string{"myacr.azurecr.io": {"u", "s3cret"}})
}

func TestScriptRefusesDockersOtherLogins(t *testing.T) {
	for name, c := range map[string]struct {
		config string
		code   int
		said   []string
	}{
		"credsStore":    {`{"auths":{"myacr.azurecr.io":{}},"credsStore":"desktop"}`, 2, []string{"in the helper desktop"}},
		"stale":         {`{"auths":{"myacr.azurecr.io":{"auth":"dTpzM2NyZXQ="}},"credsStore":"desktop"}`, 2, []string{"in the helper desktop"}},
		"credHelpers":   {`{"auths":{"myacr.azurecr.io":{"auth":"dTpzM2NyZXQ="}},"credHelpers":{"myacr.azurecr.io":"acr-env"}}`, 2, []string{"in the helper acr-env"}},
		"identitytoken": {`{"auths":{"myacr.azurecr.io":{"auth":"MDAwOg==","identitytoken":"s3cret"}}}`, 2, []string{"has an identity token"}},
		"another only":  {`{"auths":{"other.example.com":{"auth":"dTpzM2NyZXQ="}}}`, 2, []string{"docker has no credentials for", "run: docker login myacr.azurecr.io"}},
		"empty":         {`{}`, 2, []string{"docker has no credentials"}},
		"odd":           {`{"auths":{"myacr.azurecr.io":{"auth":"s3cret\"}"}}}`, 2, []string{"cannot be read"}},
		"no JSON":       {`s3cret`, 1, []string{"as docker's configuration"}},
		"other shape":   {`{"auths":["s3cret"]}`, 1, []string{"as docker's configuration"}},
	} {
		r := (&run{kubectl: true, env: map[string]string{"DOCKER_CONFIG": dockerFolder(t, c.config)}}).do(t, scriptOf(t, Script, docker(t, acr)))
		r.want(t, c.code, c.said...)
		r.keeps(t, "s3cret", "dTpzM2NyZXQ")
		if len(r.all("kubectl", "create")) > 0 {
			t.Errorf("%s: makes a secret all the same", name)
		}
	}
	r := (&run{kubectl: true, env: map[string]string{"DOCKER_CONFIG": t.TempDir()}}).do(t, scriptOf(t, Script, docker(t, acr)))
	r.want(t, 2, "set DOCKER_CONFIG")
}

// A helper of another registry, and an empty credsStore, are no matter.
func TestScriptPassesByOtherHelpers(t *testing.T) {
	config := `{"auths":{"myacr.azurecr.io":{"auth":"dTpw"}},"credHelpers":{"gcr.io":"gcloud"},"credsStore":""}`
	r := (&run{kubectl: true, env: map[string]string{"DOCKER_CONFIG": dockerFolder(t, config)}}).do(t, scriptOf(t, Script, docker(t, acr)))
	wantLogins(t, r, map[string][2]string{"myacr.azurecr.io": {"u", "p"}})
}

func TestFormsWithoutDockersLogins(t *testing.T) {
	if _, err := request(ImageCredentials, acr).FromDockerConfig(); err == nil || !strings.Contains(err.Error(), "in one") {
		t.Errorf("got %v", err)
	}
	for _, f := range Formats() {
		_, err := f.Text(docker(t, acr))
		if want := slices.Contains([]string{"oneline", "manifest", "external-secret"}, f.ID); (err != nil) != want {
			t.Errorf("%s: got %v", f.ID, err)
		}
	}
	given := request(Kubectl, acr)
	if _, err := given.FromDockerConfig(); err != nil || given.Logins[0].From != "" {
		t.Error("the request that was given has changed")
	}
}
