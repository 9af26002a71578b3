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
	"net/url"
	"strings"
	"syscall"

	"github.com/google/go-containerregistry/pkg/v1/remote/transport"
)

// verdict is the meaning of an error: the id of a cause, what was measured, the registry's words, and a similar tag.
type verdict struct{ id, detail, said, near string }

// classify returns the meaning of an error of the library or the network. The id is "" for a cancelled request.
func classify(err error) verdict {
	for _, look := range []func(error) verdict{ofAnswer, ofProxy, ofCertificate, ofName, ofTime, ofConnection} {
		if v := look(err); v.id != "" {
			return v
		}
	}
	if errors.Is(err, context.Canceled) {
		return verdict{}
	}
	return verdict{id: answerUnclear, detail: reason(err)}
}

// reason returns an error without its URL, which can contain a signature.
func reason(err error) string {
	if wrapped, ok := errors.AsType[*url.Error](err); ok {
		err = wrapped.Err
	}
	return sanitize(err.Error())
}

// ofAnswer classifies answers of registries and token services.
func ofAnswer(err error) verdict {
	if page, ok := errors.AsType[*pageError](err); ok {
		return verdict{id: notRegistry, detail: page.what}
	}
	if rate, ok := errors.AsType[*rateError](err); ok {
		return verdict{id: rateLimited, detail: rate.when}
	}
	if helper, ok := errors.AsType[*helperError](err); ok {
		return verdict{id: helperFailed, detail: sanitize(helper.Error())}
	}
	if answer, ok := errors.AsType[*transport.Error](err); ok {
		return ofStatus(answer)
	}
	return verdict{}
}

// ofStatus classifies a refusal by its status and the error codes of the distribution-spec.
func ofStatus(answer *transport.Error) verdict {
	v := verdict{detail: fmt.Sprintf("%d %s", answer.StatusCode, http.StatusText(answer.StatusCode)), said: said(answer)}
	path := ""
	if answer.Request != nil {
		path = answer.Request.URL.Path
	}
	switch code := answer.StatusCode; {
	case has(answer, transport.TooManyRequestsErrorCode):
		v.id, v.detail = rateLimited, resets(nil)
	case code == http.StatusUnauthorized && !strings.HasPrefix(path, "/v2/"): // the token service
		v.id = loginRefused
	case code == http.StatusForbidden && path == "/v2/":
		v.id = everyoneRefused
	case code == http.StatusUnauthorized, code == http.StatusForbidden:
		v.id = accessDenied
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

// ofProxy classifies errors of a proxy.
func ofProxy(err error) verdict {
	if proxy, ok := errors.AsType[*proxyError](err); ok {
		return verdict{id: proxyRefused, detail: sanitize(proxy.status)}
	}
	if op, ok := errors.AsType[*net.OpError](err); ok && op.Op == "proxyconnect" {
		return verdict{id: proxyFailed, detail: reason(op.Err)}
	}
	return verdict{}
}

// ofCertificate classifies errors of TLS.
func ofCertificate(err error) verdict {
	if _, ok := errors.AsType[x509.UnknownAuthorityError](err); ok {
		return verdict{id: certificateUnknown}
	}
	if host, ok := errors.AsType[x509.HostnameError](err); ok {
		return verdict{id: certificateHost, detail: sanitize(host.Error())}
	}
	if invalid, ok := errors.AsType[x509.CertificateInvalidError](err); ok && invalid.Reason == x509.Expired {
		return verdict{id: certificateExpired, detail: sanitize(invalid.Error())}
	}
	if errors.Is(err, http.ErrSchemeMismatch) {
		return verdict{id: plainHTTP}
	}
	if bad, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return verdict{id: certificateRefused, detail: reason(bad)}
	}
	return verdict{}
}

// ofName classifies errors of DNS.
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

// ofTime classifies timeouts.
func ofTime(err error) verdict {
	late, ok := errors.AsType[net.Error](err)
	if errors.Is(err, context.DeadlineExceeded) || ok && late.Timeout() {
		return verdict{id: timedOut}
	}
	return verdict{}
}

// ofConnection classifies errors of the connection.
func ofConnection(err error) verdict {
	op, ok := errors.AsType[*net.OpError](err)
	_, cut := errors.AsType[*json.SyntaxError](err)
	switch {
	case errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH):
		return verdict{id: hostUnreachable, detail: reason(err)}
	case ok && op.Op == "dial":
		return verdict{id: connectionRefused, detail: reason(op)}
	case ok, cut, errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return verdict{id: connectionBroken, detail: reason(err)}
	}
	return verdict{}
}
