package secret

import (
	"strings"
	"testing"
)

func TestOneLine(t *testing.T) {
	const start = "kubectl create secret docker-registry pull --namespace conductor --docker-server="
	const end = " --dry-run=client --output=yaml | kubectl apply --server-side --force-conflicts --namespace conductor --filename=-"
	server := acr
	server.Prefix = "SERVER_"
	for name, c := range map[string]struct {
		login Login
		want  string
	}{
		"unknown user": {acr, start + `myacr.azurecr.io --docker-username="$REGISTRY_USERNAME" --docker-password="$REGISTRY_PASSWORD"`},
		"prefix":       {server, start + `myacr.azurecr.io --docker-username="$SERVER_REGISTRY_USERNAME" --docker-password="$SERVER_REGISTRY_PASSWORD"`},
		"dollar":       {harbor, start + `harbor.example.com:8443 --docker-username='robot$ci+puller' --docker-password="$REGISTRY_PASSWORD"`},
		"Docker Hub":   {hub, start + `https://index.docker.io/v1/ --docker-username="$REGISTRY_USERNAME" --docker-password="$REGISTRY_PASSWORD"`},
		"command":      {ecr, start + `123456789012.dkr.ecr.us-east-1.amazonaws.com --docker-username=AWS --docker-password="$(aws ecr get-login-password --region us-east-1)"`},
		"base64 key":   {gar, start + `us-central1-docker.pkg.dev --docker-username=_json_key_base64 --docker-password="$(base64 < key.json | tr -d '\n')"`},
		"raw key":      {rawKey, start + `gcr.io --docker-username=_json_key --docker-password="$(cat key.json)"`},
	} {
		got, err := OneLine(request(Kubectl, c.login))
		if want := c.want + end; err != nil || got != want {
			t.Errorf("%s: %v\n got %s\nwant %s", name, err, got, want)
		}
	}
}

func TestOneLineSaysWhyNot(t *testing.T) {
	colon := acr
	colon.Username = "me:pw"
	for name, c := range map[string]struct {
		request Request
		want    string
	}{
		"two registries":         {request(Kubectl, acr, hub), "holds one registry and pull needs 2; run the script: bash pull-secret.sh"},
		"no registry":            {request(Kubectl), "holds one registry and pull needs 0"},
		"imageCredentials":       {request(ImageCredentials, acr), "bash pull-secret.sh | helm upgrade --install conductor ./orkes-conductor --namespace conductor -f values.yaml -f -"},
		"customImagePullSecrets": {request(CustomImagePullSecrets, acr), "customImagePullSecrets Helm creates the secret"},
		"two namespaces":         {Request{Name: "pull", Namespaces: []string{"a", "b"}, Method: Kubectl, Logins: []Login{acr}, FileName: "p.sh"}, "there are 2 namespaces; run the script: bash p.sh"},
		"docker's login":         {docker(t, acr), "would put all credentials of docker"},
		"colon":                  {request(Kubectl, colon), "contains a colon"},
	} {
		got, err := OneLine(c.request)
		if err == nil || got != "" || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %q and the error %v, want %q", name, got, err, c.want)
		}
	}
}
