package machine

import (
	"crypto/x509"
	"net/url"
	"os"
	"strings"
)

// checkProxy reports the proxy that the commands use for registries, by the rules of Go's net/http.
func (m Machine) checkProxy() Check {
	c := Check{ID: "proxy", Status: OK, Found: "none"}
	var found []string
	for _, name := range []string{"HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY"} {
		upper, lower := m.Variable(name), m.Variable(strings.ToLower(name))
		value := upper
		if upper == "" {
			value = lower
		}
		if value == "" {
			continue
		}
		if upper != "" && lower != "" && upper != lower {
			c.Status, c.Why = Warning, name+" and "+strings.ToLower(name)+" differ: programs disagree on which one counts"
			c.Fix = "set both to the same value"
		}
		if name == "NO_PROXY" {
			found = append(found, name+"="+value)
			continue
		}
		shown, ok := proxyHost(value)
		if !ok {
			c.Status, c.Why = Warning, name+" is not the address of a proxy"
			c.Fix = "write it as in " + name + "=http://proxy.example.com:3128"
		}
		found = append(found, name+"="+shown)
	}
	if len(found) > 0 {
		c.Found = strings.Join(found, ", ") + " (for this machine; nodes have their own setting)"
	}
	return c
}

// proxyHost returns a proxy's address without user and password, and false when the text is no address.
func proxyHost(text string) (shown string, ok bool) {
	if !strings.Contains(text, "://") {
		text = "http://" + text
	}
	u, err := url.Parse(text)
	if err != nil || u.Hostname() == "" {
		return "(not readable)", false
	}
	return u.Scheme + "://" + u.Host, true
}

// checkCertificates reports which CA certificates the commands trust for registries.
func (m Machine) checkCertificates() Check {
	c := Check{ID: "ca", Status: OK, Found: "the system's certificates"}
	if file := m.Variable("SSL_CERT_FILE"); file != "" {
		c.Found = "SSL_CERT_FILE=" + file
		var data []byte
		info, err := os.Stat(file)
		if err == nil && info.Mode().IsRegular() { // a named pipe would block
			data, err = os.ReadFile(file)
		}
		if err != nil || !x509.NewCertPool().AppendCertsFromPEM(data) {
			c.Status, c.Why = Warning, "SSL_CERT_FILE has no PEM certificate that can be read: every HTTPS request fails"
			c.Fix = "unset SSL_CERT_FILE, or set it to a file with CA certificates"
		}
		return c
	}
	pool, err := x509.SystemCertPool()
	if err != nil || pool.Equal(x509.NewCertPool()) {
		c.Status, c.Found = Missing, "none"
		c.Why, c.Fix = "no registry's certificate can be checked",
			"install the package ca-certificates, or pass --ca-file FILE to probe, pin and mirror"
	}
	return c
}
