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

// CheckHost says why host, a host[:port], can't stand first in an image name. Without a dot or a port it would be taken
// for a folder on Docker Hub (distribution/reference); the range of ports is not in that grammar.
func CheckHost(host string) error {
	const example = ", for example registry.example.com or registry.example.com:5000"
	if a, err := netip.ParseAddr(host); err == nil && a.Is6() {
		return fmt.Errorf("an IPv6 address stands in brackets, for example [%s]:5000", host)
	}
	name, port, hasPort := image.SplitHostPort(host)
	if n, err := strconv.ParseUint(port, 10, 16); hasPort && (err != nil || n == 0 || port[0] == '0') {
		return fmt.Errorf("%q is no port: 1 to 65535%s", port, example)
	}
	switch {
	case strings.HasPrefix(name, "["):
		return checkIPv6(name)
	case strings.ToLower(name) != name:
		return fmt.Errorf("a host is written in lower case: %s", strings.ToLower(host))
	case len(name) > 253:
		return fmt.Errorf("a host name has at most 253 characters, this one has %d", len(name))
	case !strings.Contains(name, ".") && !hasPort && name != "localhost":
		return fmt.Errorf("%q has no dot and no port, so it would be taken for a folder on Docker Hub%s", name, example)
	}
	return checkLabels(name, example)
}

// checkIPv6 wants an address in brackets.
func checkIPv6(name string) error {
	a, err := netip.ParseAddr(strings.Trim(name, "[]"))
	if err != nil || !a.Is6() || a.Zone() != "" || !strings.HasSuffix(name, "]") {
		return errors.New("an IPv6 address stands in brackets, for example [2001:db8::1]:5000")
	}
	return nil
}

// checkLabels wants a name of labels between dots; one that ends in a number has to be an IPv4 address.
func checkLabels(name, example string) error {
	labels := strings.Split(name, ".")
	for _, label := range labels {
		if !model.IsLabel(label) {
			return fmt.Errorf("%q is no host name: letters, digits and dashes between dots%s", name, example)
		}
	}
	if last := labels[len(labels)-1]; strings.Trim(last, "0123456789") == "" {
		if _, err := netip.ParseAddr(name); err != nil {
			return fmt.Errorf("%q is neither a host name nor an IP address%s", name, example)
		}
	}
	return nil
}

// MatchesHost tells whether host is known as one of this registry's.
func (p *Preset) MatchesHost(host string) bool {
	rule, _ := p.rule(host)
	return rule != nil
}

// rule is the first one that knows host, and what it says of the fields.
func (p *Preset) rule(host string) (*HostRule, map[string]string) {
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

// checkHost wants a host that the preset can be at. What is nearly one of its own is a slip, not another host.
func (p *Preset) checkHost(f Field, host string) error {
	if err := CheckHost(host); err != nil {
		return err
	}
	if p.MatchesHost(host) {
		return nil
	}
	if below, own := p.domain(host); own {
		return f.hint()
	} else if below != "" {
		return fmt.Errorf("did you mean %s? For a host of your own choose Any other registry (generic)", below)
	}
	if p.AnyHost {
		return nil
	}
	return f.hint()
}

// domain tells whether host is in one of the preset's own domains; if it only nearly is, how it should be written.
func (p *Preset) domain(host string) (meant string, own bool) {
	name, _, _ := image.SplitHostPort(host)
	for _, domain := range p.Domains {
		if name == domain || strings.HasSuffix(name, "."+domain) {
			return "", true
		}
	}
	labels := strings.Split(name, ".")
	for _, domain := range p.Domains {
		tail := strings.Join(labels[max(0, len(labels)-1-strings.Count(domain, ".")):], ".")
		if model.Nearest(tail, []string{domain}) != "" {
			return strings.TrimSuffix(name, tail) + domain, false
		}
	}
	return "", false
}
