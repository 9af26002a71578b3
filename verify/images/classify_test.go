package images

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"syscall"
	"testing"
)

// Errors that a test cannot cause without another network, or not on every system.
func TestErrorsOfTheNetwork(t *testing.T) {
	wrapped := func(err error) error { return &url.Error{Op: "Get", URL: "https://r.io/v2/?sig=" + canary, Err: err} }
	dial := func(err error) error { return wrapped(&net.OpError{Op: "dial", Net: "tcp", Err: err}) }
	for _, test := range []struct {
		err  error
		want string
	}{
		{dial(&net.DNSError{Err: "no such host", Name: "r.io", IsNotFound: true}), hostUnknown},
		{dial(&net.DNSError{Err: "server misbehaving", Name: "r.io", IsTemporary: true}), namesUnavailable},
		{dial(&net.DNSError{Err: "i/o timeout", Name: "r.io", IsTimeout: true}), namesUnavailable},
		{dial(os.NewSyscallError("connect", syscall.EHOSTUNREACH)), hostUnreachable},
		{dial(os.NewSyscallError("connect", syscall.ENETUNREACH)), hostUnreachable},
		{dial(os.NewSyscallError("connect", syscall.ECONNREFUSED)), connectionRefused},
		{dial(os.ErrDeadlineExceeded), timedOut},
		{wrapped(&net.OpError{Op: "read", Err: os.NewSyscallError("read", syscall.ECONNRESET)}), connectionBroken},
		{wrapped(context.DeadlineExceeded), timedOut},
		{wrapped(context.Canceled), ""},
		{wrapped(&tls.CertificateVerificationError{Err: x509.CertificateInvalidError{Reason: x509.Expired}}), certificateExpired},
		{wrapped(&tls.CertificateVerificationError{Err: x509.CertificateInvalidError{Reason: x509.NotAuthorizedToSign}}), certificateRefused},
		{wrapped(x509.UnknownAuthorityError{}), certificateUnknown},
		{wrapped(http.ErrSchemeMismatch), plainHTTP},
		{fmt.Errorf("something else"), answerUnclear},
	} {
		v := classify(test.err)
		if v.id != test.want {
			t.Errorf("%v is %q, want %q", test.err, v.id, test.want)
		}
		if text := fmt.Sprint(v); test.want != "" && (v.detail == "" && v.id == answerUnclear) {
			t.Errorf("%v has no detail: %s", test.err, text)
		}
	}
}
