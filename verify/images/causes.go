package images

import (
	"slices"

	"conductor-registry/model"
)

// cause is a reason why an image cannot be pulled. Its texts can contain {image}, {host}, {repository}, {tag}, {key}
// (the entry to write for the host), {entry} (the one that was used), {source} (where the credentials come from),
// {login} (how to get some), {detail} (what was measured), {said} (the registry's own words after a semicolon, or
// nothing) and {near} (a similar tag, likewise).
type cause struct{ id, summary, why, fix string }

// The ids of the causes; scripts can rely on them.
const (
	secretNotJSON       = "pull-secret-not-json"
	secretWithoutLogins = "pull-secret-without-logins"
	secretMalformed     = "pull-secret-malformed"
	imageUnparsable     = "image-unparsable"
	loginMissing        = "login-missing"
	loginPassedBy       = "login-passed-by"
	loginEmpty          = "login-empty"
	loginRefused        = "login-refused"
	helperFailed        = "credential-helper-failed"
	accessDenied        = "access-denied"
	everyoneRefused     = "everyone-refused"
	tagUnknown          = "tag-unknown"
	repositoryUnknown   = "repository-unknown"
	imageNotFound       = "image-not-found"
	platformMissing     = "platform-missing"
	formatOld           = "image-format-old"
	blobUnreachable     = "image-data-unreachable"
	rateLimited         = "rate-limited"
	hostUnknown         = "host-unknown"
	namesUnavailable    = "name-server-unavailable"
	connectionRefused   = "connection-refused"
	hostUnreachable     = "host-unreachable"
	connectionBroken    = "connection-broken"
	timedOut            = "timed-out"
	certificateUnknown  = "certificate-unknown"
	certificateHost     = "certificate-for-another-host"
	certificateExpired  = "certificate-expired"
	certificateRefused  = "certificate-refused"
	plainHTTP           = "plain-http"
	proxyFailed         = "proxy-failed"
	proxyRefused        = "proxy-refused"
	registryFails       = "registry-fails"
	notRegistry         = "not-a-registry"
	answerUnclear       = "answer-unclear"
)

const (
	fromHere   = "; this machine was asked, the nodes can have another network"
	caOnNodes  = "pass its CA with --ca-file, and install that CA on the nodes, where the container runtime pulls"
	eitherWay  = "some registries also answer so when the image does not exist (ACR: https://github.com/Azure/acr/issues/359)"
	checkLogin = "create a new password or token and write it into {source}"
	checkProxy = "check HTTPS_PROXY, or add the registry to NO_PROXY; nodes have their own proxy settings"
)

func causes() []cause { return slices.Concat(credentialCauses(), imageCauses(), networkCauses()) }

func credentialCauses() []cause {
	return []cause{
		{secretNotJSON, "the pull secret is not valid JSON, so the kubelet ignores it: {detail}", "no image can be pulled with it",
			`get its content with: kubectl get secret NAME -o jsonpath='{.data.\.dockerconfigjson}' | base64 -d`},
		{secretWithoutLogins, "the pull secret has no credentials: {detail}", "the kubelet pulls without credentials",
			"create the secret with: conductor-registry secret"},
		{secretMalformed, "the kubelet cannot read the entry {entry} of the pull secret: {detail}",
			"one unreadable entry makes it ignore the whole secret, with all its registries", "write that entry again"},
		{imageUnparsable, "{image} is not a valid image name: {detail}", "the pods would stay in InvalidImageName", "fix the name"},
		{loginMissing, "{host} requires credentials for {repository}, and {source} has none for it{said}", "{detail}", "{login}"},
		{loginPassedBy, "{source} has credentials for {entry}, which do not apply to {image}", "{detail}",
			"write the entry as {key}"},
		{loginEmpty, "the entry {entry} has no user name, so the request is anonymous{said}",
			"a docker config with credsStore looks like this, and a kubelet ignores tokens such as identitytoken",
			"write username and password, or auth, into the entry"},
		{loginRefused, "{host} refuses the credentials of the entry {entry}{said}",
			"user name or password is wrong, or the password or token has expired", checkLogin},
		{helperFailed, "the docker config returns no credentials for {host}: {detail}", "docker pull would fail in the same way",
			"run docker login {host} again, or pass --dockerconfigjson"},
		{accessDenied, "{host} does not let the credentials of the entry {entry} pull {repository}{said}",
			"the credentials are valid, and have no access or the image does not exist: " + eitherWay,
			"check the image's name, then give the credentials the right to pull it"},
	}
}

func imageCauses() []cause {
	return []cause{
		{everyoneRefused, "{host} refuses every request from here{said}",
			"no credentials were sent yet: it allows certain addresses only, or something in front of it refuses",
			"allow the addresses of this machine and of the nodes"},
		{tagUnknown, "{host} has {repository}, but not the {tag}", "it was never pushed, or it was removed",
			"check the tag, or push it{near}"},
		{repositoryUnknown, "{host} has no {repository}{said}",
			"nothing was pushed there, or the credentials have no access: some registries answer both in the same way",
			"check the image's path, or push it"},
		{imageNotFound, "{host} has no {repository} with the {tag}{said}",
			"the path or the tag is wrong, or the credentials have no access", "check the image's name, or push it"},
		{platformMissing, "{image} is not built for {detail}", "on such nodes pods get: no match for platform in manifest",
			"push it for that platform too, or name the platform of your nodes with --platform"},
		{formatOld, "{image} has the old manifest format, schema 1", "containerd 2.1 and later cannot pull it",
			"build and push it again"},
		{blobUnreachable, "{host} has {image}, but its data cannot be read: {detail}",
			"many registries keep the layers on another host, and a firewall can let only the first through",
			"allow access to that host as well"},
	}
}

func networkCauses() []cause {
	return []cause{
		{rateLimited, "{host} refuses for now: too many requests{said}", "{detail}",
			"wait, log in (credentials have a limit of their own), or pull through a cache of your own"},
		{hostUnknown, "{host} not found from this machine", "a wrong name, or no network, VPN or DNS here",
			"check the registry's name" + fromHere},
		{namesUnavailable, "cannot look up {host}: {detail}", "the DNS server does not answer", "check the network" + fromHere},
		{connectionRefused, "nothing answers at {host}", "{detail}", "check host and port" + fromHere},
		{hostUnreachable, "no route to {host}", "{detail}", "check network, VPN and firewall" + fromHere},
		{connectionBroken, "{host} closed the connection in the middle of an answer", "{detail}",
			"try again; if it stays, check what is in between: proxy, firewall, load balancer"},
		{timedOut, "{host} did not answer in time", "a firewall that drops packets, a wrong port, or a slow registry",
			"check the network, or give it longer with --timeout"},
		{certificateUnknown, "the certificate of {host} is signed by an authority that this machine does not know",
			"a registry with its own CA looks like this, and so does a proxy that intercepts TLS", caOnNodes},
		{certificateHost, "the certificate of {host} is for another host", "{detail}",
			"use a name that is in the certificate, or get a certificate for this one"},
		{certificateExpired, "the certificate of {host} has expired, or is not valid yet", "{detail}",
			"renew it, and check this machine's clock"},
		{certificateRefused, "the certificate of {host} is not valid", "{detail}", "create it again"},
		{plainHTTP, "{host} speaks HTTP, not HTTPS", "a kubelet requires HTTPS unless the nodes are configured otherwise",
			"check the port; to use HTTP, allow it with --insecure here and in the container runtime of every node"},
		{proxyFailed, "cannot reach the proxy on the way to {host}", "{detail}", checkProxy},
		{proxyRefused, "the proxy refuses the connection to {host}: {detail}", "it requires credentials, or forbids the host", checkProxy},
		{registryFails, "{host} failed: {detail}{said}", "the registry has an internal problem", "try again later, or check its log"},
		{notRegistry, "{host} answers, but is not a registry", "{detail}",
			"check the host: the address of a web page or an API is often another one"},
		{answerUnclear, "{host} gave an unexpected answer", "{detail}", "try docker pull {image}, and read its log"},
	}
}

// fill maps the names of placeholders to their texts.
type fill map[string]string

// problem returns the cause with that id as a problem.
func problem(id string, texts fill) model.Problem {
	expand := func(text string) string {
		return model.Expand(text, func(name string) (string, bool) {
			value, ok := texts[name]
			return value, ok || name == "said" || name == "near" // these two may be missing
		})
	}
	for _, c := range causes() {
		if c.id == id {
			return model.Problem{Rule: id, Severity: severity(id), Summary: expand(c.summary), Why: expand(c.why),
				Fix: expand(c.fix)}
		}
	}
	return model.Problem{Rule: id, Severity: model.Error, Summary: texts["detail"]}
}

// severity returns warning for what works on some nodes.
func severity(id string) model.Severity {
	if id == platformMissing {
		return model.Warning
	}
	return model.Error
}
