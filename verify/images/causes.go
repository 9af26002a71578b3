package images

import (
	"slices"

	"conductor-registry/model"
)

// cause is one way in which an image is not to be had. Its texts may speak of {image}, {host}, {repository}, {tag},
// {key} (the entry to write for the host), {entry} (the one that was used), {source} (where logins come from), {login}
// (how to get one), {detail} (what was measured), {said} (the registry's own words, behind a semicolon, or nothing) and
// {near} (a tag that is there, in the same way).
type cause struct{ id, summary, why, fix string }

// The causes by their ids, which scripts may rely on.
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
	nodesToo   = "; this was asked from here, and the nodes ask for themselves"
	caOnNodes  = "give its CA with --ca-file; for the pods, install that CA on the nodes: the container runtime pulls"
	eitherWay  = "some registries say so of images that are not there, too (ACR: https://github.com/Azure/acr/issues/359)"
	checkLogin = "make a new password or token and write it into {source}"
)

// causes is the table.
func causes() []cause { return slices.Concat(causesOfLogins(), causesOfImages(), causesOfTheNetwork()) }

func causesOfLogins() []cause {
	return []cause{
		{secretNotJSON, "the pull secret is no JSON, so the kubelet passes it by: {detail}", "no image of it can be pulled",
			`take it by: kubectl get secret NAME -o jsonpath='{.data.\.dockerconfigjson}' | base64 -d`},
		{secretWithoutLogins, "the pull secret holds no login: {detail}", "the kubelet pulls without one",
			"make the secret with: conductor-registry secret"},
		{secretMalformed, "the kubelet can't read the entry {entry} of the pull secret: {detail}",
			"one entry that can't be read makes it pass by the whole secret, all registries in it", "write that entry again"},
		{imageUnparsable, "{image} is no image name: {detail}", "the pods would stay in InvalidImageName", "mend the name"},
		{loginMissing, "{host} gives {repository} to nobody without a login, and {source} has none for it{said}", "{detail}",
			"{login}"},
		{loginPassedBy, "{source} has a login for {entry}, and it does not count for {image}", "{detail}",
			"write the entry as {key}"},
		{loginEmpty, "the entry {entry} holds no user name, so nobody is logged in{said}",
			"a docker config with credsStore looks like this, and tokens such as identitytoken are not read by a kubelet",
			"write user and password, or auth, into the entry"},
		{loginRefused, "{host} refuses the login of the entry {entry}{said}",
			"user name or password is wrong, or the password or token has expired", checkLogin},
		{helperFailed, "the docker config gives no login for {host}: {detail}", "docker pull would fail in the same way",
			"run docker login {host} again, or give --dockerconfigjson"},
		{accessDenied, "{host} does not let the login of the entry {entry} pull {repository}{said}",
			"the login works; it may not read this, or nothing is there: " + eitherWay,
			"check the image's name, then give the login the right to pull it"},
	}
}

func causesOfImages() []cause {
	return []cause{
		{everyoneRefused, "{host} refuses everyone from here{said}",
			"no login was sent yet: it allows certain addresses only, or something before it refuses",
			"allow the addresses of this machine and of the nodes"},
		{tagUnknown, "{host} has {repository}, and no {tag} in it", "it was never pushed, or it was removed",
			"check the tag, or push it{near}"},
		{repositoryUnknown, "{host} has no {repository}{said}",
			"nothing was pushed there, or the login may not see it: some registries say the same of both",
			"check the image's path, or push it"},
		{imageNotFound, "{host} has no {repository} with the {tag}{said}",
			"the path or the tag is wrong, or the login may not see it", "check the image's name, or push it"},
		{platformMissing, "{image} is not built for {detail}", "on such nodes pods get: no match for platform in manifest",
			"push it for that platform too, or name the platform of your nodes with --platform"},
		{formatOld, "{image} has the old manifest format, schema 1", "containerd 2.1 and later can't pull it",
			"build and push it again"},
		{blobUnreachable, "{host} has {image}, and its data can't be read: {detail}",
			"many registries keep the layers on another host, and a firewall may let only the first through",
			"open the way to that host as well"},
	}
}

func causesOfTheNetwork() []cause {
	return []cause{
		{rateLimited, "{host} refuses for now: too many requests{said}", "{detail}",
			"wait, log in (a login has a limit of its own), or pull through a cache of your own"},
		{hostUnknown, "could not look up {host} from this machine", "a wrong name, or no network, VPN or DNS here",
			"check the registry's name" + nodesToo},
		{namesUnavailable, "the name of {host} can't be looked up: {detail}", "the name server does not answer",
			"check the network" + nodesToo},
		{connectionRefused, "nothing answers at {host}", "{detail}", "check host and port" + nodesToo},
		{hostUnreachable, "there is no way to {host}", "{detail}", "check network, VPN and firewall" + nodesToo},
		{connectionBroken, "{host} broke off while it answered", "{detail}",
			"try again; if it stays, look at what is between: proxy, firewall, load balancer"},
		{timedOut, "{host} did not answer in time", "a firewall that drops, a wrong port, or a slow registry",
			"check the way to it, or give it longer with --timeout"},
		{certificateUnknown, "the certificate of {host} is signed by nobody that this machine knows",
			"a registry with an own CA looks like this, and so does a proxy that reads along", caOnNodes},
		{certificateHost, "the certificate of {host} is for another host", "{detail}",
			"use a name that is in the certificate, or have one made for this"},
		{certificateExpired, "the certificate of {host} has expired, or is not valid yet", "{detail}",
			"have it renewed, and check this machine's clock"},
		{certificateRefused, "the certificate of {host} can't be used", "{detail}", "have it made again"},
		{plainHTTP, "{host} speaks HTTP, not HTTPS", "a kubelet wants HTTPS unless the nodes are told otherwise",
			"check the port; if it must be so, allow it with --insecure here and in the container runtime of every node"},
		{proxyFailed, "the proxy can't be reached on the way to {host}", "{detail}",
			"check HTTPS_PROXY, or name the registry in NO_PROXY; nodes have proxy settings of their own"},
		{proxyRefused, "the proxy does not let anyone through to {host}: {detail}", "it wants a login, or forbids the host",
			"check HTTPS_PROXY, or name the registry in NO_PROXY; nodes have proxy settings of their own"},
		{registryFails, "{host} failed: {detail}{said}", "the trouble is on its side", "try again later, or look at its log"},
		{notRegistry, "{host} answers, and is no registry", "{detail}",
			"check the host: the address of a web page or an API is often another one"},
		{answerUnclear, "{host} gave an answer that can't be made sense of", "{detail}",
			"try docker pull {image}, and its log"},
	}
}

// fill are the texts of a cause's places.
type fill map[string]string

// problem is the cause with that id as a problem.
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

// severity is a warning for what works on some nodes.
func severity(id string) model.Severity {
	if id == platformMissing {
		return model.Warning
	}
	return model.Error
}
