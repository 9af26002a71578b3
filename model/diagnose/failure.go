package diagnose

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"conductor-registry/model/image"
)

// failure holds the facts in the message of a failed pull: which service was asked, and its answer.
type failure struct {
	reason string // of the waiting container, such as ErrImagePull
	words  string // the message in lower case, without names of images and addresses
	image  string // that is pulled
	from   source // who refused or did not answer
	host   string // of from, with its port if the message has one; "" for a proxy or a runtime without a name
	url    string // that was requested, without its query; "" when the message has none
	lookup string // the name that was looked up
	server string // the name server that was asked
	during phase
	status int // of HTTP; 0 without one
}

// source is the service that refused or did not answer.
type source string

const (
	fromRegistry source = "registry"
	fromToken    source = "token"   // the token service of the registry, at another host
	fromStorage  source = "storage" // of layers, at another host
	fromMirror   source = "mirror"
	fromProxy    source = "proxy"
	fromDNS      source = "dns"
	fromRuntime  source = "runtime"
)

// phase is the step of a pull that failed.
type phase string

const (
	duringToken    phase = "token"    // log in
	duringDownload phase = "download" // get layers, after the manifest
)

var (
	// containerd, CRI-O and Docker, Go's net/http: Get "https://x/y": why, HEAD request to https://x/y: 403 Forbidden
	requested = regexp.MustCompile(`(?i)(?:\b(?:get|head|post|put)|request to|status code|fetching|from) ` +
		`"?(https?://[^\s"']+)`)
	pinged  = regexp.MustCompile(`(?:pinging container registry|pulling from host) ([^\s:]+(?::\d+)?)`)
	sourced = regexp.MustCompile(`docker://([^\s/"]+)/`)
	looked  = regexp.MustCompile(`lookup ([^\s:]+)(?: on (\S+:\d+|[^\s:]+))?: (.*)`)
	proxied = regexp.MustCompile(`(?:proxyconnect tcp: dial tcp|socks connect tcp|connecting to proxy) ` +
		`(?:https?://)?([^\s>]+:\d+)(?:[:\s]|->)`)
	address   = regexp.MustCompile(`(?i)\b(?:https?|docker|unix)://[^\s"'\])]*`)
	tunnelled = regexp.MustCompile(`(?i)\b(?:get|head|post|put) "?https?://[^\s"]+"?: ([A-Za-z' -]+)[\]).]*$`)
	mirrors   = regexp.MustCompile(`(?s)\(Mirrors also failed: (.*)\]\): (.*)`)
	answered  = regexp.MustCompile(`https?://[^\s"]+: ([1-5]\d\d)\b`)
	numbered  = regexp.MustCompile(`\b([1-5]\d\d)\b[\s(]+([A-Za-z][A-Za-z' -]+)`)
	named     = regexp.MustCompile(`(?i)\b(?:http|status|statuscode|status code)\b[^\d"\n]{0,12}` +
		`(?:\[[^\]]*\])?[^\d"\n]{0,4}\b([1-5]\d\d)\b`)
	onRuntime = regexp.MustCompile(`(?i)dial unix|unix://|docker daemon|error reading from server|` +
		`connection is draining|` +
		`transport is closing|transport: error while dialing|unknown service runtime\.`)
	doesToken = regexp.MustCompile(`(?i)failed to authorize|(oauth|anonymous|bearer|auth) token|/token\b|` +
		`authentication token`)
	doesLayers = regexp.MustCompile(`(?i)failed to copy|httpreadseeker|failed open|` +
		`(reading|copying|writing|fetching|storing) blob|` +
		`/blobs/|image configuration|failed commit|failed to (extract|register) layer|unpack image on snapshotter`)
)

// readFailure returns what a message says of a pull of an image.
func (t table) readFailure(reason string, said Message, imageName string) failure {
	text := string(said)
	f := failure{reason: reason, words: wordsOf(text, imageName), image: imageName, from: fromRegistry,
		host: image.Host(imageName), status: t.statusOf(text)}
	switch {
	case doesToken.MatchString(text):
		f.during = duringToken
	case doesLayers.MatchString(text):
		f.during = duringDownload
	}
	f.readHost(text)
	f.readProxy(text, t)
	f.readLookup(text)
	if onRuntime.MatchString(text) {
		f.from, f.host = fromRuntime, ""
	}
	return f
}

// splitMirrors returns what CRI-O says of the mirrors, and of the registry itself after them; mirror is "" when it has
// tried none.
func splitMirrors(said Message) (mirror, own Message) {
	if m := mirrors.FindStringSubmatch(string(said)); m != nil {
		return Message(m[1]), Message(m[2])
	}
	return "", said
}

// wordsOf returns a message in lower case without names of images and addresses, whose words are not reasons.
func wordsOf(text, imageName string) string {
	text = address.ReplaceAllString(text, "")
	name, _, _ := strings.Cut(imageName, "@")
	repository := strings.TrimPrefix(name, image.Host(name)+"/")
	bare := repository
	if at := strings.LastIndexByte(repository, ':'); at > 0 {
		bare = repository[:at]
	}
	for _, part := range []string{imageName, name, repository, bare} {
		if strings.ContainsAny(part, "/:") {
			text = strings.ReplaceAll(text, part, "")
		}
	}
	return strings.ToLower(text)
}

// statusOf returns the HTTP status that a message names; 0 without one.
func (t table) statusOf(text string) int {
	if m := answered.FindStringSubmatch(text); m != nil {
		code, _ := strconv.Atoi(m[1])
		return code
	}
	text = address.ReplaceAllString(text, "")
	for _, m := range numbered.FindAllStringSubmatch(text, -1) {
		code, _ := strconv.Atoi(m[1])
		if known := t.Statuses[code]; known != "" && strings.HasPrefix(strings.ToLower(m[2]), known) {
			return code
		}
	}
	if m := named.FindStringSubmatch(text); m != nil {
		code, _ := strconv.Atoi(m[1])
		return code
	}
	return 0
}

// readHost finds the host that was asked, and what it is to the registry of the image.
func (f *failure) readHost(text string) {
	own, asked, path := f.host, "", ""
	if all := requested.FindAllStringSubmatch(text, -1); len(all) > 0 {
		f.url = strings.TrimRight(all[len(all)-1][1], ":.,")
		if parsed, err := url.Parse(f.url); err == nil {
			asked, path = parsed.Host, parsed.Path
			f.url, _, _ = strings.Cut(f.url, "?")
		}
	}
	for _, other := range []*regexp.Regexp{pinged, sourced} {
		if m := other.FindStringSubmatch(text); m != nil && asked == "" {
			asked = m[1]
		}
	}
	if asked == "" {
		return
	}
	f.host = asked
	isAPI := f.url == "" || strings.HasPrefix(path, "/v2/")
	switch {
	case asked == own:
	case f.during == duringToken:
		f.from = fromToken
	case f.during == duringDownload && !isAPI:
		f.from = fromStorage
	case strings.HasSuffix(asked, "."+own): // registry-1.docker.io
	case isAPI:
		f.from = fromMirror
	default:
		f.from = fromStorage
	}
}

// readProxy recognises what a proxy does: it cannot be connected to, or answers the request for a tunnel itself. Go
// then returns the text of the status and nothing else.
func (f *failure) readProxy(text string, t table) {
	isTunnel := false
	if m := tunnelled.FindStringSubmatch(strings.TrimSpace(text)); m != nil {
		if code := t.statusByText(m[1]); code != 0 {
			f.status, isTunnel = code, true
		}
	}
	isConnect := strings.Contains(text, "proxyconnect ") || strings.Contains(text, "socks connect ") ||
		strings.Contains(text, "connecting to proxy")
	if !isTunnel && !isConnect && f.status != proxyLogin &&
		!strings.Contains(f.words, "proxy authentication required") {
		return
	}
	f.from, f.host = fromProxy, ""
	if isConnect {
		if m := proxied.FindStringSubmatch(text); m != nil {
			f.host = m[1]
		}
	} else if f.status == 0 {
		f.status = proxyLogin
	}
}

// proxyLogin is the status of a proxy that requires a user name and a password.
const proxyLogin = 407

// statusByText returns the HTTP status that has a text, such as Forbidden; 0 for other text.
func (t table) statusByText(text string) int {
	text = strings.ToLower(strings.TrimSpace(text))
	if text == "authenticationrequired" { // of some proxies
		return proxyLogin
	}
	for code, known := range t.Statuses {
		if text == known {
			return code
		}
	}
	return 0
}

// readLookup reads the name that was looked up. A name server that says the name does not exist has answered; with any
// other error it is the one that fails.
func (f *failure) readLookup(text string) {
	m := looked.FindStringSubmatch(text)
	if m == nil {
		return
	}
	f.lookup, f.server = m[1], m[2]
	if f.from == fromProxy || f.url == "" {
		f.host = m[1]
	}
	why := strings.ToLower(m[3])
	for _, answered := range []string{"no such host", "name or service not known", "name does not resolve",
		"nodename nor servname"} {
		if strings.Contains(why, answered) {
			return
		}
	}
	f.from = fromDNS
}
