package images

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"regexp"
	"strings"
	"syscall"

	"github.com/google/go-containerregistry/pkg/v1/remote/transport"

	"conductor-registry/verify/program"
)

// verdict is the meaning of an error: the id of a cause, what was measured, the registry's words, and a similar tag.
type verdict struct {
	id, detail, said, near string
	host                   string // that it is about, when it is not the registry
}

// A sign returns the verdict on an error, without an id for one that it does not recognise.
type sign func(error) verdict

// signs returns all of them; the first that recognises an error counts.
func signs() []sign {
	return []sign{
		as[*pageError](notRegistry),
		as[*contentError](notImage),
		as[*redirectError](redirectLoop),
		as[*plainRedirectError](redirectedToHTTP),
		as[*rateError](rateLimited),
		as[*helperError](helperFailed),
		ofStatus,
		as[*proxyError](proxyRefused),
		ofProxy,
		as[x509.UnknownAuthorityError](certificateUnknown),
		as[x509.HostnameError](certificateHost),
		ofExpiry,
		is(plainHTTP, http.ErrSchemeMismatch),
		as[*tls.CertificateVerificationError](certificateRefused),
		as[tls.AlertError](tlsFailed),
		as[tls.RecordHeaderError](tlsFailed),
		ofTokenService,
		ofName,
		ofTime,
		is(hostUnreachable, syscall.EHOSTUNREACH, syscall.ENETUNREACH),
		ofDial,
		as[*net.OpError](connectionBroken),
		ofHalfJSON,
		is(connectionBroken, io.EOF, io.ErrUnexpectedEOF),
		is("", context.Canceled), // no cause
	}
}

// classify returns the meaning of an error of the library or the network. The id is "" for a cancelled request.
func classify(err error) verdict {
	for _, recognise := range signs() {
		if v := recognise(err); v != (verdict{}) {
			return v
		}
	}
	return verdict{id: answerUnclear, detail: reason(err)}
}

// as returns a sign for errors of one type; its text is the detail.
func as[T error](id string) sign {
	return func(err error) verdict {
		if found, ok := errors.AsType[T](err); ok {
			return verdict{id: id, detail: reason(found)}
		}
		return verdict{}
	}
}

// is returns a sign for some errors.
func is(id string, targets ...error) sign {
	return func(err error) verdict {
		for _, target := range targets {
			if errors.Is(err, target) {
				return verdict{id: id, detail: reason(err)}
			}
		}
		return verdict{}
	}
}

// reason returns an error without its URL, which can contain a signature.
func reason(err error) string { return sanitize(program.Reason(err).Error()) }

// ofStatus classifies a refusal of a registry or token service by its status and the error codes of the
// distribution-spec.
func ofStatus(err error) verdict {
	answer, ok := errors.AsType[*transport.Error](err)
	if !ok {
		return verdict{}
	}
	v := verdict{detail: fmt.Sprintf("%d %s", answer.StatusCode, http.StatusText(answer.StatusCode)), said: said(answer)}
	path := ""
	if answer.Request != nil {
		path = answer.Request.URL.Path
	}
	isRefused := answer.StatusCode == http.StatusUnauthorized || answer.StatusCode == http.StatusForbidden
	switch code := answer.StatusCode; {
	case isRefused && addressRefused.MatchString(v.said):
		v.id = everyoneRefused
	case has(answer, transport.TooManyRequestsErrorCode):
		v.id, v.detail = rateLimited, resets(nil)
	case isRefused:
		v.id = ofRefusal(code, path)
	case code == http.StatusNotFound && path == "/v2/":
		v.id, v.detail = notRegistry, "/v2/, which every registry has, is missing ("+v.detail+")"
	case has(answer, transport.NameUnknownErrorCode):
		v.id = repositoryUnknown
	case has(answer, transport.ManifestUnknownErrorCode):
		v.id, v.said = tagUnknown, ""
	case code == http.StatusNotFound:
		v.id = imageNotFound
	default:
		v.id = registryFails
	}
	return v
}

// ofRefusal returns the cause of a 401 or 403 for a path of the registry, or of its token service.
func ofRefusal(status int, path string) string {
	switch {
	case status == http.StatusUnauthorized && !strings.HasPrefix(path, "/v2/"): // the token service
		return loginRefused
	case status == http.StatusForbidden && path == "/v2/":
		return everyoneRefused
	}
	return accessDenied
}

// addressRefused matches the words of registries that refuse an address, not a login: ACR, JFrog, Harbor, Cloudflare.
var addressRefused = regexp.MustCompile(
	`(?i)client with ip|ip address|not allowed access|firewall|network (rule|acl|polic)`)

// ofTokenService recognises a token service or redirect that the library does not follow.
func ofTokenService(err error) verdict {
	if strings.Contains(err.Error(), "no token in bearer response") { // which the error repeats
		return verdict{id: answerUnclear, detail: "the answer of the token service has no token"}
	}
	for _, sign := range []string{"invalid realm in www-authenticate: ", "refusing token-server redirect",
		"SSRF protection: "} {
		if _, why, found := strings.Cut(err.Error(), sign); found {
			return verdict{id: addressUnsafe, detail: sanitize(why)}
		}
	}
	return verdict{}
}

func has(answer *transport.Error, code transport.ErrorCode) bool {
	for _, e := range answer.Errors {
		if e.Code == code {
			return true
		}
	}
	return false
}

// said returns the registry's own words after a semicolon.
func said(answer *transport.Error) string {
	for _, e := range answer.Errors {
		if text := sanitize(e.Message); text != "" {
			return "; it says: " + text
		}
	}
	return ""
}

// ofProxy recognises a proxy that cannot be reached.
func ofProxy(err error) verdict {
	if op, ok := errors.AsType[*net.OpError](err); ok && op.Op == "proxyconnect" {
		return verdict{id: proxyFailed, detail: reason(op.Err)}
	}
	return verdict{}
}

// ofExpiry recognises a certificate that is not valid now.
func ofExpiry(err error) verdict {
	if invalid, ok := errors.AsType[x509.CertificateInvalidError](err); ok && invalid.Reason == x509.Expired {
		return verdict{id: certificateExpired, detail: reason(invalid)}
	}
	return verdict{}
}

// ofHalfJSON recognises an answer that ends too early.
func ofHalfJSON(err error) verdict {
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok && strings.Contains(syntax.Error(), "unexpected end") {
		return verdict{id: connectionBroken, detail: reason(syntax)}
	}
	return verdict{}
}

// ofName recognises errors of DNS.
func ofName(err error) verdict {
	lookup, ok := errors.AsType[*net.DNSError](err)
	switch {
	case !ok:
		return verdict{}
	case lookup.IsNotFound:
		return verdict{id: hostUnknown}
	}
	return verdict{id: namesUnavailable, detail: sanitize(lookup.Err)}
}

// ofTime recognises timeouts.
func ofTime(err error) verdict {
	late, ok := errors.AsType[net.Error](err)
	if errors.Is(err, context.DeadlineExceeded) || ok && late.Timeout() {
		return verdict{id: timedOut}
	}
	return verdict{}
}

// ofDial recognises a connection that is not accepted.
func ofDial(err error) verdict {
	if op, ok := errors.AsType[*net.OpError](err); ok && op.Op == "dial" {
		return verdict{id: connectionRefused, detail: reason(op)}
	}
	return verdict{}
}
