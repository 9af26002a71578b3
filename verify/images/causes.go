package images

import (
	"cmp"
	_ "embed" // the table
	"slices"
	"sync"

	"conductor-registry/model"
)

// cause is a reason why an image cannot be pulled: an entry of causes.yaml, which explains the placeholders.
type cause struct {
	ID       string         `yaml:"id" required:"true"`
	Severity model.Severity `yaml:"severity" enum:"error warning"` // "" is error
	Summary  string         `yaml:"summary" required:"true"`
	Why      string         `yaml:"why" required:"true"`
	Fix      string         `yaml:"fix" required:"true"`
}

// The ids of the causes.
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
	notImage            = "not-an-image"
	blobUnreachable     = "image-data-unreachable"
	pushDenied          = "push-denied"
	repositoryMissing   = "repository-missing"
	tagImmutable        = "tag-immutable"
	uploadTooLarge      = "upload-too-large"
	pushRefused         = "push-refused"
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
	tlsFailed           = "tls-failed"
	redirectLoop        = "redirect-loop"
	redirectedToHTTP    = "redirected-to-http"
	addressUnsafe       = "address-unsafe"
	proxyFailed         = "proxy-failed"
	proxyRefused        = "proxy-refused"
	registryFails       = "registry-fails"
	notRegistry         = "not-a-registry"
	answerUnclear       = "answer-unclear"
)

//go:embed causes.yaml
var causesFile []byte

var causes = sync.OnceValues(func() (out []cause, err error) {
	return out, model.DecodeFile("causes.yaml", causesFile, &out)
})

// fill maps the names of placeholders to their texts.
type fill map[string]string

// problem returns the cause with that id as a problem.
func problem(id string, texts fill) model.Problem {
	known, err := causes()
	i := slices.IndexFunc(known, func(c cause) bool { return c.ID == id })
	if err != nil || i < 0 {
		return model.Problem{Rule: id, Severity: model.Error, Summary: texts["detail"]}
	}
	expand := func(text string) string {
		return model.Expand(text, func(name string) (string, bool) {
			value, ok := texts[name]
			return value, ok || name == "said" || name == "near" // these two may be missing
		})
	}
	c := known[i]
	return model.Problem{Rule: id, Severity: cmp.Or(c.Severity, model.Error), Summary: expand(c.Summary),
		Why: expand(c.Why), Fix: expand(c.Fix)}
}
