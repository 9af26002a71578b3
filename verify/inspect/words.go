package inspect

import (
	"regexp"
	"strings"
)

// Words are what people call a part.
func Words(part string) string {
	known := map[string]string{partPolicy: "pull policy", partPull: "pull secret", partMade: "name of the secret made",
		partLogin: "login in the secret made"}
	if words, ok := known[part]; ok {
		return words
	}
	return part
}

// brief is the reason in what helm said, without the places in templates that it went through.
func brief(said string) string {
	if found := regexp.MustCompile(`at '[^']*': .*`).FindString(said); found != "" {
		return found
	}
	if _, after, ok := strings.Cut(said, "execution error at ("); ok {
		_, said, _ = strings.Cut(after, "): ")
	}
	if i := strings.LastIndex(said, ">: "); i >= 0 { // helm 3; helm 4 has the reason in a line of its own
		said = said[i+len(">: "):]
	}
	lines := strings.Split(strings.TrimSpace(said), "\n")
	return strings.TrimSpace(lines[len(lines)-1])
}
