package diagnose

import (
	"encoding/json"
	"regexp"
	"strings"
)

// Message is text of the cluster without what may be secret: registries are asked with addresses that can hold a user,
// a password or a signature.
type Message string

var (
	userInfo = regexp.MustCompile(`(https?://)[^\s"'/@]*@`)
	query    = regexp.MustCompile(`https?://[^\s"'?]+\?[^\s"']*`)
)

// UnmarshalJSON reads a message and removes what may be secret. A value that is not a string is ignored.
func (m *Message) UnmarshalJSON(data []byte) error {
	var said string
	if json.Unmarshal(data, &said) != nil {
		return nil //nolint:nilerr // a field that is not as it should be tells nothing, and the rest may
	}
	said = query.ReplaceAllStringFunc(userInfo.ReplaceAllString(said, "$1"), func(address string) string {
		bare, _, _ := strings.Cut(address, "?")
		if strings.HasSuffix(address, ":") { // what is wrong with it follows
			bare += ":"
		}
		return bare
	})
	*m = Message(said)
	return nil
}
