package diagnose

import (
	"encoding/json"
	"regexp"
	"strings"
)

// Message is text of the cluster without user names, passwords and queries of addresses: they may be secret.
type Message string

var (
	userInfo = regexp.MustCompile(`(https?://)[^\s"'/@]*@`)
	query    = regexp.MustCompile(`https?://[^\s"'?]+\?[^\s"']*`)
	// localPort is another one at each attempt: read tcp 10.0.0.9:42442->10.0.0.2:443
	localPort = regexp.MustCompile(`\b((?:read|write) (?:tcp|udp)) \S+->`)
)

// UnmarshalJSON reads a message and removes what may be secret. A value that is not a string is ignored.
func (m *Message) UnmarshalJSON(data []byte) error {
	var said string
	if json.Unmarshal(data, &said) != nil {
		return nil //nolint:nilerr // a field of the wrong type is ignored
	}
	said = query.ReplaceAllStringFunc(userInfo.ReplaceAllString(said, "$1"), func(address string) string {
		bare, _, _ := strings.Cut(address, "?")
		if strings.HasSuffix(address, ":") { // the reason follows
			bare += ":"
		}
		return bare
	})
	*m = Message(said)
	return nil
}

// shorten returns the reason at the end of a message, without the names of images and addresses before it, in at most
// 300 characters.
func shorten(said Message) string {
	text := localPort.ReplaceAllString(strings.TrimSpace(string(said)), "$1 ")
	if at := strings.LastIndex(text, `": `); at >= 0 {
		text = text[at+len(`": `):]
	} else if _, reason, found := strings.Cut(text, " desc = "); found && strings.HasPrefix(text, "rpc error") {
		text = reason
	}
	text = strings.TrimSuffix(text, ".")
	const most = 300
	if runes := []rune(text); len(runes) > most {
		text = string(runes[:most]) + " ..."
	}
	return text
}
