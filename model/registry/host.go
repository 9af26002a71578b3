package registry

import (
	"errors"
	"fmt"
	"maps"
	"net/netip"
	"strconv"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/image"
)

const (
	maxHost     = 253
	hostExample = ", for example registry.example.com or registry.example.com:5000"
)

// CheckHost returns an error unless host, a host[:port], can be the first part of an image name. Without a dot or a port
// it would be a path on Docker Hub (distribution/reference). That grammar does not limit the port; CheckHost does.
func CheckHost(host string) error {
	if image.HasLogin(host) {
		return image.ErrLogin
	}
	if a, err := netip.ParseAddr(host); err == nil && a.Is6() {
		return fmt.Errorf("an IPv6 address needs brackets, for example [%s]:5000", host)
	}
	name, port, hasPort := image.SplitHostPort(host)
	if n, err := strconv.ParseUint(port, 10, 16); hasPort && (err != nil || n == 0 || port[0] == '0') {
		return fmt.Errorf("invalid port %q: 1 to 65535%s", port, hostExample)
	}
	switch {
	case strings.HasPrefix(name, "["):
		return checkIPv6(name)
	case strings.ToLower(name) != name:
		return fmt.Errorf("a host must be lower case: write %s", strings.ToLower(host))
	case len(name) > maxHost:
		return fmt.Errorf("a host name has at most %d characters, this one has %d", maxHost, len(name))
	case !strings.Contains(name, ".") && !hasPort && name != "localhost":
		return fmt.Errorf("%q has no dot and no port, so it would be a path on Docker Hub%s", name, hostExample)
	}
	return checkLabels(name)
}

// checkIPv6 requires an address in brackets.
func checkIPv6(name string) error {
	a, err := netip.ParseAddr(strings.Trim(name, "[]"))
	if err != nil || !a.Is6() || a.Zone() != "" || !strings.HasSuffix(name, "]") {
		return errors.New("an IPv6 address needs brackets, for example [2001:db8::1]:5000")
	}
	return nil
}

// checkLabels requires labels separated by dots. A name whose last label is a number must be an IPv4 address.
func checkLabels(name string) error {
	labels := strings.Split(name, ".")
	for _, label := range labels {
		if !model.IsLabel(label) {
			return fmt.Errorf("%q is not a valid host: letters, digits and dashes, separated by dots%s", name, hostExample)
		}
	}
	if last := labels[len(labels)-1]; strings.Trim(last, "0123456789") == "" {
		if _, err := netip.ParseAddr(name); err != nil {
			return fmt.Errorf("%q is not a host name or an IP address%s", name, hostExample)
		}
	}
	return nil
}

// MatchesHost reports whether host is recognised as one of this registry's.
func (p *Preset) MatchesHost(host string) bool {
	rule, _ := p.hostRule(host)
	return rule != nil
}

// hostRule returns the first rule that recognises host and the answers that it implies, or nil.
func (p *Preset) hostRule(host string) (rule *HostRule, implied map[string]string) {
	if host == "" {
		return nil, nil
	}
	for i := range p.Hosts {
		groups, ok := p.Hosts[i].Pattern.groups(host)
		if !ok {
			continue
		}
		maps.Copy(groups, p.Hosts[i].Fields)
		return &p.Hosts[i], groups
	}
	return nil, nil
}

// checkHost requires a host that the registry can have. A host that is nearly below one of its domains is a misspelling.
func (p *Preset) checkHost(f Field, host string) error {
	if err := CheckHost(host); err != nil {
		return err
	}
	if problem := p.mistake(host, ""); problem != nil {
		return problem
	}
	if p.MatchesHost(host) {
		return nil
	}
	meant := p.meantHost(host, func(tail, domain string) bool { return model.Nearest(tail, []string{domain}) != "" })
	switch {
	case meant != "":
		return fmt.Errorf("did you mean %s? For your own host choose Any other registry (generic)", meant)
	case p.AnyHost && !p.isOwnHost(host):
		return nil
	}
	return f.invalid()
}
