package diagnose_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"conductor-registry/model"
	"conductor-registry/model/diagnose"
	"conductor-registry/presets/presetstest"
)

// failing is a pod that can't pull, for what the runtime said.
func failing(image, said string) string {
	message, _ := json.Marshal("Back-off pulling image \"" + image + "\": ErrImagePull: " + said)
	return fmt.Sprintf(`{"kind":"Pod","metadata":{"name":"p","namespace":"n"},"spec":{"containers":[{"name":"c","image":%q}]},
		"status":{"containerStatuses":[{"name":"c","state":{"waiting":{"reason":"ImagePullBackOff","message":%s}}}]}}`, image, message)
}

func diagnosed(t *testing.T, in diagnose.Input, document string) *diagnose.Report {
	t.Helper()
	state, err := diagnose.Read([]byte(document))
	if err != nil {
		t.Fatal(err)
	}
	if in.State = state; in.Catalog == nil {
		in.Catalog = presetstest.Catalog(t)
	}
	report, err := diagnose.Run(in)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func rules(r *diagnose.Report) string {
	var out []string
	for _, f := range r.Findings {
		out = append(out, f.Rule)
	}
	return strings.Join(out, " ")
}

// What runtimes say, in the words of containerd, CRI-O and Docker.
func TestWhatRuntimesSay(t *testing.T) {
	const none = "pull-secret-none"
	for said, want := range map[string]string{
		`failed to resolve reference "r.io/a:1": r.io/a:1: not found`:                                                       "image-not-found",
		`Error response from daemon: manifest for r.io/a:1 not found: manifest unknown: manifest unknown`:                   "image-not-found",
		`Error reading manifest 1 in r.io/a: name unknown: repository a not found`:                                          "image-not-found",
		`reading manifest 1 in r.io/a: manifest unknown`:                                                                    "image-not-found",
		`pull access denied for r.io/a, repository does not exist or may require 'docker login': denied: requested access`:  none,
		`failed to authorize: failed to fetch anonymous token: unexpected status: 403 Forbidden`:                            none,
		`initializing source docker://r.io/a:1: Requesting bearer token: invalid status code from registry 403 (Forbidden)`: none,
		`Error response from daemon: Get https://r.io/v2/a/manifests/1: unauthorized: authentication required`:              none,
		`Error response from daemon: Get https://r.io/v2/a/manifests/1: no basic auth credentials`:                          none,
		`unable to retrieve auth token: invalid username/password: unauthorized`:                                            none,
		`toomanyrequests: You have reached your pull rate limit`:                                                            "registry-rate-limit",
		`failed to do request: Head "https://r.io/v2/a": tls: failed to verify certificate: x509: certificate has expired`:  "registry-certificate",
		`Get "https://r.io/v2/": x509: certificate signed by unknown authority`:                                             "registry-unknown-ca",
		`http: server gave HTTP response to HTTPS client`:                                                                   "registry-plain-http",
		`dial tcp: lookup r.io on 10.0.0.10:53: no such host`:                                                               "registry-unknown-host",
		`dial tcp: lookup ghcr.io: Try again`:                                                                               "registry-name-server",
		`proxyconnect tcp: dial tcp 10.0.0.1:3128: connect: connection refused`:                                             "registry-unreachable",
		`net/http: TLS handshake timeout`:                                                                                   "registry-unreachable",
		`Get "https://r.io/v2/": context deadline exceeded (Client.Timeout exceeded while awaiting headers)`:                "registry-unreachable",
		`no match for platform in manifest: not found`:                                                                      "image-wrong-platform",
		`no matching manifest for linux/amd64 in the manifest list entries`:                                                 "image-wrong-platform",
		`choosing an image from manifest list docker://r.io/a:1: no image found in manifest list for architecture "amd64"`:  "image-wrong-platform",
		`write /var/lib/containerd/x: no space left on device`:                                                              "node-disk-full",
		`illegal base64 data at input byte 4`:                                                                               "pull-failed",
		`invalid character '<' looking for beginning of value`:                                                              "registry-web-page",
		`something that nobody has seen`:                                                                                    "pull-failed",
	} {
		if got := rules(diagnosed(t, diagnose.Input{}, failing("r.io/a:1", said))); got != want {
			t.Errorf("%s: %s, want %s", said, got, want)
		}
	}
}

// The words of an image's name are no signs.
func TestNamesAreNoSigns(t *testing.T) {
	const image = "r.io/denied/unauthorized/not-found/x509:1"
	said := `failed to resolve reference "` + image + `": dial tcp 10.0.0.1:443: i/o timeout`
	if got := rules(diagnosed(t, diagnose.Input{}, failing(image, said))); got != "registry-unreachable" {
		t.Error(got)
	}
}

// Every cause has an id of its own and steps, and its signs are lower case, as the text that they are looked for in.
func TestTheTable(t *testing.T) {
	seen := map[string]bool{}
	causes, err := diagnose.Causes()
	if err != nil || len(causes) < 20 {
		t.Fatal(len(causes), err)
	}
	for _, c := range causes {
		if seen[c.ID] || len(c.Steps) == 0 {
			t.Errorf("%s: twice, or has no steps", c.ID)
		}
		seen[c.ID] = true
		for _, m := range c.Match {
			for _, sign := range m.Says {
				if strings.ToLower(sign) != sign {
					t.Errorf("%s: the sign %q is never found: it has upper-case letters", c.ID, sign)
				}
			}
		}
		if strings.HasSuffix(c.Summary, ".") || strings.HasSuffix(c.Why[len(c.Why)-1], ".") {
			t.Errorf("%s: a text ends with a full stop", c.ID)
		}
		if c.Severity != model.Error && c.Severity != model.Warning && c.Severity != model.Info {
			t.Errorf("%s: severity %q", c.ID, c.Severity)
		}
	}
}

// The release of a pod is in its label, or in what Helm wrote on its Deployment: the workers' pods have no such label.
// All namespaces of a state are looked at.
func TestRelease(t *testing.T) {
	state := `{"kind":"List","items":[
		{"kind":"Pod","metadata":{"name":"labelled","namespace":"n","labels":{"app.kubernetes.io/instance":"one"}},"spec":{}},
		{"kind":"Pod","metadata":{"name":"owned","namespace":"n","ownerReferences":[{"kind":"ReplicaSet","name":"rs"}]},"spec":{}},
		{"kind":"Pod","metadata":{"name":"other","namespace":"n","labels":{"app.kubernetes.io/instance":"two"}},"spec":{}},
		{"kind":"Pod","metadata":{"name":"going","namespace":"n","deletionTimestamp":"2026-01-01T00:00:00Z","labels":{"app.kubernetes.io/instance":"one"}}},
		{"kind":"Pod","metadata":{"name":"elsewhere","namespace":"m","labels":{"app.kubernetes.io/instance":"one"}}},
		{"kind":"ReplicaSet","metadata":{"name":"rs","namespace":"n","annotations":{"meta.helm.sh/release-name":"one"}}}]}`
	if got := strings.Join(diagnosed(t, diagnose.Input{Release: "one"}, state).Pods, " "); got != "labelled owned elsewhere" {
		t.Errorf("the release's pods are %s", got)
	}
}

// Without a release it is Conductor's pods, and whatever else can't pull.
func TestWithoutARelease(t *testing.T) {
	state := `{"kind":"List","items":[` + failing("r.io/a:1", "x") + `,
		{"kind":"Pod","metadata":{"name":"redis","namespace":"n"},"spec":{"containers":[{"name":"redis","image":"redis:7"}]}},
		{"kind":"Pod","metadata":{"name":"ours","namespace":"n"},"spec":{"containers":[{"name":"orkes-workers","image":"r.io/x:7"}]}}]}`
	if got := strings.Join(diagnosed(t, diagnose.Input{}, state).Pods, " "); got != "p ours" {
		t.Errorf("the pods are %s", got)
	}
}

// Pods that have another image or pull secret than the values give were not upgraded.
func TestWanted(t *testing.T) {
	state := `{"kind":"Pod","metadata":{"name":"ours","namespace":"n"},"spec":{"imagePullSecrets":[{"name":"a"}],
		"containers":[{"name":"orkes-workers","image":"r.io/x:7"}]}}`
	for _, test := range []struct{ image, secret, want string }{
		{"r.io/x:7", "a", ""}, {"r.io/x:8", "a", "values-not-installed"}, {"r.io/x:7", "b", "values-not-installed"},
	} {
		wanted := []diagnose.Wanted{{Image: "r.io/y:7"}, {Image: test.image, Secrets: []string{test.secret}}}
		got := diagnosed(t, diagnose.Input{Wanted: wanted}, state)
		got.Findings = slices.DeleteFunc(got.Findings, func(f diagnose.Finding) bool { return f.Severity == model.Info })
		if rules(got) != test.want {
			t.Errorf("%s with %s: %q, want %q", test.image, test.secret, rules(got), test.want)
		}
	}
}

// A hostile name stays one word in a command.
func TestCommandsAreQuoted(t *testing.T) {
	state := strings.Replace(failing("r.io/a:1", "unauthorized"), `"namespace":"n"`, `"namespace":"n; rm -rf $HOME"`, 1)
	report := diagnosed(t, diagnose.Input{}, state)
	bare := regexp.MustCompile(`--namespace n;`)
	for _, f := range report.Findings {
		for _, step := range f.Steps {
			for _, command := range step.Commands {
				if bare.MatchString(command) {
					t.Errorf("not quoted: %s", command)
				}
			}
		}
	}
}

// A pod is from before the last change when its Deployment names other secrets; those that it has of its ServiceAccount,
// where the Deployment names none, are no difference, and neither is a container that was put in beside.
func TestStale(t *testing.T) {
	for _, test := range []struct{ deployment, want string }{
		{`{"containers":[{"name":"c","image":"r.io/a:1"}]}`, "pull-secret-unread"},
		{`{"containers":[{"name":"c","image":"r.io/a:1"}],"imagePullSecrets":[{"name":"s"}]}`, "pull-secret-unread"},
		{`{"containers":[{"name":"c","image":"r.io/a:1"}],"imagePullSecrets":[{"name":"new"}]}`, "pod-stale"},
		{`{"containers":[{"name":"c","image":"r.io/a:2"}],"imagePullSecrets":[{"name":"s"}]}`, "pod-stale"},
		{`{"containers":[{"name":"d","image":"r.io/a:2"}],"imagePullSecrets":[{"name":"s"}]}`, "pull-secret-unread"},
	} {
		pod := strings.Replace(failing("r.io/a:1", "unauthorized"), `"spec":{`, `"spec":{"imagePullSecrets":[{"name":"s"}],`, 1)
		pod = strings.Replace(pod, `"namespace":"n"`, `"namespace":"n","ownerReferences":[{"kind":"ReplicaSet","name":"rs"}]`, 1)
		got := rules(diagnosed(t, diagnose.Input{}, pod+`{"kind":"ReplicaSet","metadata":{"name":"rs","ownerReferences":[{"kind":"Deployment",
			"name":"d"}]}}{"kind":"Deployment","metadata":{"name":"d"},"spec":{"template":{"spec":`+test.deployment+`}}}`))
		if got != test.want {
			t.Errorf("%s: %q, want %q", test.deployment, got, test.want)
		}
	}
}
