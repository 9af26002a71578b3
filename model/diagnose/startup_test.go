package diagnose_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"conductor-registry/model/diagnose"
	"conductor-registry/presets/presetstest"
)

// starting is a pod whose container waits to be created, with events of it: reason, message and time in turn.
func starting(events ...string) string {
	out := `{"kind":"Pod","metadata":{"name":"conductor-server-1","namespace":"n"},"spec":{"containers":[{"name":"c","image":"r.io/a:1"}]},
		"status":{"phase":"Pending","containerStatuses":[{"name":"c","state":{"waiting":{"reason":"ContainerCreating"}}}]}}`
	for i := 0; i+2 < len(events); i += 3 {
		message, _ := json.Marshal(events[i+1])
		out += fmt.Sprintf(`{"kind":"Event","metadata":{"name":"e","namespace":"n"},"reason":%q,"message":%s,"lastTimestamp":%q,
			"involvedObject":{"kind":"Pod","name":"conductor-server-1","namespace":"n"}}`, events[i], message, events[i+2])
	}
	return out
}

const (
	early = "2026-01-01T00:00:00Z"
	late  = "2026-01-01T00:05:00Z"
)

// What comes before the first container: the sandbox, its image, and volumes. What a later event has overtaken is no
// finding.
func TestBeforeTheFirstContainer(t *testing.T) {
	const sandbox, mount = "FailedCreatePodSandBox", "FailedMount"
	pull := func(reason string) string {
		return `Failed to create pod sandbox: rpc error: code = Unknown desc = failed to get sandbox image "reg.k8s.io/pause:3.9": failed to pull image ` +
			`"reg.k8s.io/pause:3.9": failed to pull and unpack image "reg.k8s.io/pause:3.9": ` + reason
	}
	for _, test := range []struct {
		want, inSummary string
		events          []string
	}{
		{"sandbox-image", "reg.k8s.io/pause:3.9", []string{sandbox, pull("failed to resolve reference: not found"), early}},
		{"sandbox-image", "reg.k8s.io/pause:3.9", []string{sandbox, pull("unexpected status: 403 Forbidden"), early}},
		{"sandbox-image", "k8s.gcr.io/pause:3.5", []string{sandbox, `Failed create pod sandbox: rpc error: code = Unknown desc = failed pulling image ` +
			`"k8s.gcr.io/pause:3.5": Error response from daemon: Get "https://k8s.gcr.io/v2/": dial tcp 1.2.3.4:443: i/o timeout`, early}},
		{"sandbox-image", "quay.io/x/pause:1", []string{sandbox, `Failed to create pod sandbox: rpc error: code = Unknown desc = error creating pod sandbox ` +
			`with name "k8s_a_n_1_0": initializing source docker://quay.io/x/pause:1: reading manifest 1 in quay.io/x/pause: unauthorized`, early}},
		{"sandbox-image", "reg.k8s.io/pause:3.0", []string{sandbox, `Failed create pod sandbox: rpc error: code = Unknown desc = failed to inspect sandbox ` +
			`image "reg.k8s.io/pause:3.0": Error response from daemon: no such image`, early}},
		{"node-disk-full", "disk", []string{sandbox, pull("write /var/lib/containerd/x: no space left on device"), early}},
		{"runtime-unreachable", "container runtime", []string{sandbox, `Failed to create pod sandbox: rpc error: code = Unavailable desc = connection error: ` +
			`desc = "transport: Error while dialing: dial unix /run/containerd/containerd.sock: connect: connection refused"`, early}},
		{"sandbox-failed", "", []string{sandbox, `Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox "6f": ` +
			`plugin type="cilium-cni" failed (add): unable to connect to Cilium daemon`, early}},
		{"sandbox-failed", "", []string{sandbox, `Failed to create pod sandbox: rpc error: code = DeadlineExceeded desc = context deadline exceeded`, early}},
		{"sandbox-failed", "", []string{sandbox, `Failed to create pod sandbox: rpc error: code = Unknown desc = failed to reserve sandbox name "c_n_1": ` +
			`name "c_n_1" is reserved for "6f"`, early}},
		{"sandbox-failed", "", []string{"NetworkNotReady", "network is not ready: container runtime network not ready: cni plugin not initialized", early}},
		{"volume-not-mounted", "", []string{mount, `MountVolume.SetUp failed for volume "tls" : secret "conductor-tls" not found`, early}},
		{"volume-not-mounted", "", []string{mount, `Unable to attach or mount volumes: unmounted volumes=[data], unattached volumes=[data]: timed out waiting ` +
			`for the condition`, early}},
		{"volume-not-mounted", "", []string{"FailedAttachVolume", `Multi-Attach error for volume "pvc-1" Volume is already used by pod(s) other`, early}},
		{"volume-not-mounted", "", []string{sandbox, pull("not found"), early, mount, `MountVolume.SetUp failed for volume "a" : x`, late}},
		{"pull-going-on", "", []string{mount, `MountVolume.SetUp failed for volume "a" : x`, early, "Pulling", `Pulling image "r.io/a:1"`, late}},
		{"pull-going-on", "", []string{sandbox, pull("not found"), early, "Pulling", `Pulling image "r.io/a:1"`, late}},
		{"", "", []string{"FailedAttachVolume", "x", early, "SuccessfulAttachVolume", "AttachVolume.Attach succeeded", late}},
		{"", "", []string{sandbox, pull("not found"), early, "Pulled", `Successfully pulled image "r.io/a:1"`, late}},
	} {
		report := diagnosed(t, diagnose.Input{}, starting(test.events...))
		if rules(report) != test.want || len(report.Findings) > 0 && !strings.Contains(report.Findings[0].Summary, test.inSummary) {
			t.Errorf("%q: %q, want %q\n%v", test.events, rules(report), test.want, report.Findings)
		}
	}
}

// Nodes without memory or disk space.
func TestPressure(t *testing.T) {
	pod := `{"kind":"Pod","metadata":{"name":"conductor-server-1","namespace":"n"},"spec":{},"status":%s}`
	for status, want := range map[string]string{
		`{"phase":"Failed","reason":"Evicted","message":"The node was low on resource: ephemeral-storage. "}`:                                                                                    "node-disk-full",
		`{"phase":"Failed","reason":"Evicted","message":"The node was low on resource: inodes. "}`:                                                                                               "node-disk-full",
		`{"phase":"Failed","reason":"Evicted","message":"The node had condition: [DiskPressure]. "}`:                                                                                             "node-disk-full",
		`{"phase":"Failed","reason":"Evicted","message":"Pod was rejected: The node had condition: [MemoryPressure]. "}`:                                                                         "node-pressure",
		`{"phase":"Failed","reason":"Evicted","message":"The node was low on resource: pids. "}`:                                                                                                 "node-pressure",
		`{"phase":"Pending","conditions":[{"type":"PodScheduled","status":"False","message":"0/2 nodes are available: 2 node(s) had untolerated taint {node.kubernetes.io/disk-pressure: }."}]}`: "node-disk-full",
		`{"phase":"Pending","conditions":[{"type":"PodScheduled","status":"False","message":"0/2 nodes are available: 2 Insufficient memory."}]}`:                                                "pod-unscheduled",
	} {
		if got := rules(diagnosed(t, diagnose.Input{}, fmt.Sprintf(pod, status))); got != want {
			t.Errorf("%s: %q, want %q", status, got, want)
		}
	}
}

// An event belongs to the pod of its own namespace.
func TestEventsOfOtherNamespaces(t *testing.T) {
	pod := `{"kind":"Pod","metadata":{"name":"p","namespace":%q},"spec":{"containers":[{"name":"c","image":"r.io/a:1"}]},
		"status":{"containerStatuses":[{"name":"c","state":{"waiting":{"reason":"ImagePullBackOff","message":"Back-off pulling image \"r.io/a:1\""}}}]}}`
	event := `{"kind":"Event","metadata":{"name":"e","namespace":%[1]q},"involvedObject":{"kind":"Pod","name":"p","namespace":%[1]q},"reason":"Failed",
		"message":"Failed to pull image \"r.io/a:1\": %[2]s","lastTimestamp":%[3]q}`
	state := fmt.Sprintf(pod, "east") + fmt.Sprintf(pod, "west") +
		fmt.Sprintf(event, "east", "x509: certificate signed by unknown authority", early) + fmt.Sprintf(event, "west", "no space left on device", late)
	report := diagnosed(t, diagnose.Input{Catalog: presetstest.Catalog(t)}, state)
	got := map[string]string{}
	for _, f := range report.Findings {
		got[f.Namespace] = f.Rule
	}
	if got["east"] != "registry-unknown-ca" || got["west"] != "node-disk-full" || strings.Join(report.Namespaces, " ") != "east west" {
		t.Errorf("the causes are %v in %v", got, report.Namespaces)
	}
}

// Two pods whose errors differ by the port of a connection only have one cause.
func TestOneCauseForAllPorts(t *testing.T) {
	state := failing("r.io/a:1", `read tcp 10.0.0.9:42442->10.1.2.3:443: i/o timeout`) +
		strings.Replace(failing("r.io/a:1", `read tcp 10.0.0.9:51515->10.1.2.3:443: i/o timeout`), `"name":"p"`, `"name":"q"`, 1)
	if report := diagnosed(t, diagnose.Input{}, state); len(report.Findings) != 1 || len(report.Findings[0].Objects) != 2 {
		t.Errorf("got %v", report.Findings)
	}
}

// The chart that is installed is in a label of the Deployments, else in their appVersion, else in their containers. The
// commands name it unless it is the one that they take without a flag.
func TestCommandsNameTheChart(t *testing.T) {
	deployment := `{"kind":"Deployment","metadata":{"name":%q,"namespace":"n","labels":{%s}},"spec":{"template":{"spec":{"containers":[{"name":%q}]}}}}`
	for _, test := range []struct{ name, labels, container, want string }{
		{"orkes-conductor-server", `"helm.sh/chart":"orkes-conductor-2.8.0"`, "orkes-conductor", ""},
		{"orkes-conductor", `"helm.sh/chart":"orkes-conductor-2.7.40"`, "orkes-conductor", "2.7"},
		{"orkes-conductor", `"helm.sh/chart":"orkes-conductor-3.0.9"`, "orkes-conductor", "3.0"},
		{"orkes-conductor-deployment", `"app.kubernetes.io/version":"5.2.78"`, "orkes-conductor", "3.0"},
		{"orkes-workers-deployment", ``, "orkes-workers", "3.0"},
		{"orkes-conductor", ``, "orkes-conductor", ""},
	} {
		state := failing("r.io/a:1", "unauthorized") + fmt.Sprintf(deployment, test.name, test.labels, test.container)
		report := diagnosed(t, diagnose.Input{}, state)
		want := "secret -f values.yaml --namespace"
		if test.want != "" {
			want = "secret -f values.yaml --chart-version " + test.want + " --namespace"
		}
		if data, _ := json.Marshal(report); !strings.Contains(string(data), want) {
			t.Errorf("%s %s: no command has %q\n%s", test.name, test.labels, want, data)
		}
	}
}

// The secret that a chart creates is fixed in the values: the command secret makes none for it.
func TestSecretsOfCharts(t *testing.T) {
	for _, test := range []struct{ chart, metadata, said, want, not string }{
		{"2.7.49", `"name":"orkesregistry"`, "failed to fetch oauth token: 401 Unauthorized", "into imageCredentials of the values", "secret -f"},
		{"2.7.49", `"name":"other"`, "denied: denied", "into imageCredentials of the values", "secret -f"},
		{"2.8.0", `"name":"orkesregistry"`, "failed to fetch oauth token: 401 Unauthorized", "into imageCredentials of the values", "secret -f"},
		{"2.8.0", `"name":"mine","annotations":{"meta.helm.sh/release-name":"c"}`, "failed to fetch oauth token: 401 Unauthorized",
			"imageCredentials or customImagePullSecrets.registries of the values", "secret -f"},
		{"2.8.0", `"name":"mine"`, "failed to fetch oauth token: 401 Unauthorized", "secret -f values.yaml", "imageCredentials"},
	} {
		secretJSON := strings.Replace(loginFor("r.io/a:1"), `"name":"regcred"`, test.metadata, 1)
		name := "mine"
		if !strings.Contains(test.metadata, "mine") {
			name = "orkesregistry"
		}
		pod := strings.Replace(failing("r.io/a:1", test.said), `"spec":{`, `"spec":{"imagePullSecrets":[{"name":"`+name+`"}],`, 1)
		state := pod + secretJSON + `{"kind":"Deployment","metadata":{"name":"orkes-conductor","namespace":"n","labels":{
			"helm.sh/chart":"orkes-conductor-` + test.chart + `"}}}`
		report := diagnosed(t, diagnose.Input{}, state)
		data, _ := json.Marshal(report.Findings)
		if !strings.Contains(string(data), test.want) || strings.Contains(string(data), test.not) {
			t.Errorf("%s %s: want %q and not %q in\n%s", test.chart, test.metadata, test.want, test.not, data)
		}
	}
}

// helm takes the chart as several words, and the files that chart 3.0 requires.
func TestHelmCommands(t *testing.T) {
	state := failing("r.io/A:1", "invalid reference format") + `{"kind":"Deployment","metadata":{"name":"orkes-conductor","namespace":"n","labels":{
		"helm.sh/chart":"orkes-conductor-3.0.2"}}}`
	data, _ := json.Marshal(diagnosed(t, diagnose.Input{Release: ""}, state))
	for _, want := range []string{"helm upgrade RELEASE orkes-conductor --repo https://", " --version 3.0.2 --set-file conductor.properties="} {
		if !strings.Contains(string(data), want) {
			t.Errorf("no command has %q\n%s", want, data)
		}
	}
}
