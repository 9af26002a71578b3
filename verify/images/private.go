package images

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/netip"
	"net/url"
	"regexp"
	"sync"
)

// privateHosts lets a registry in a private network name its token service and storage by private addresses.
// go-containerregistry refuses all of them (https://github.com/google/go-containerregistry/pull/2258), since a public
// registry could so reach into the network of its client; container runtimes accept them. Private addresses in the
// answers of a host that itself has a private address are replaced by names that the library accepts, and replaced
// back in requests. Link-local addresses stay refused: cloud machines have their credentials there.
type privateHosts struct {
	proxy func(*http.Request) (*url.URL, error)

	mu     sync.Mutex
	isNear map[string]bool // hosts to which the connection was private
	real   []string        // host:port by index
}

// hiddenHost matches the names that replace addresses.
var hiddenHost = regexp.MustCompile(`^private-address-(\d+)\.invalid(:\d+)?$`)

// watch returns the request with a note of the address that it is sent to.
func (p *privateHosts) watch(request *http.Request) *http.Request {
	host := request.URL.Host
	isProxied := false
	if p.proxy != nil {
		proxy, err := p.proxy(request)
		isProxied = proxy != nil || err != nil
	}
	trace := &httptrace.ClientTrace{GotConn: func(info httptrace.GotConnInfo) {
		to, _, err := net.SplitHostPort(info.Conn.RemoteAddr().String())
		p.mu.Lock()
		defer p.mu.Unlock()
		if err == nil && isPrivate(to) && !isProxied {
			if p.isNear == nil {
				p.isNear = map[string]bool{}
			}
			p.isNear[host] = true
		}
	}}
	return request.WithContext(httptrace.WithClientTrace(request.Context(), trace))
}

func isPrivate(host string) bool {
	ip, err := netip.ParseAddr(host)
	return err == nil && (ip.IsPrivate() || ip.IsLoopback())
}

var realm = regexp.MustCompile(`realm="([^"]*)"`)

// hide replaces private addresses in an answer's redirect and challenge.
func (p *privateHosts) hide(answer *http.Response) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.isNear[answer.Request.URL.Host] {
		return
	}
	here := answer.Request.URL.Host
	if to := answer.Header.Get("Location"); to != "" {
		answer.Header.Set("Location", p.hidden(to, here))
	}
	for i, challenge := range answer.Header["Www-Authenticate"] {
		if found := realm.FindStringSubmatch(challenge); found != nil {
			answer.Header["Www-Authenticate"][i] = realm.ReplaceAllLiteralString(challenge,
				`realm="`+p.hidden(found[1], here)+`"`)
		}
	}
}

// hidden returns the URL with a name for a private address, unless it is that of the host itself.
func (p *privateHosts) hidden(address, here string) string {
	u, err := url.Parse(address)
	if err != nil || !isPrivate(u.Hostname()) || u.Host == here {
		return address
	}
	p.real = append(p.real, u.Host)
	u.Host = fmt.Sprintf("private-address-%d.invalid", len(p.real)-1)
	return u.String()
}

// restore returns the request with the address that a name stands for.
func (p *privateHosts) restore(request *http.Request) *http.Request {
	found := hiddenHost.FindStringSubmatch(request.URL.Host)
	if found == nil {
		return request
	}
	var at int
	_, _ = fmt.Sscan(found[1], &at)
	p.mu.Lock()
	defer p.mu.Unlock()
	if at >= len(p.real) {
		return request
	}
	out := request.Clone(request.Context())
	out.URL.Host, out.Host = p.real[at], p.real[at]
	return out
}
