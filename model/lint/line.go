package lint

import (
	"regexp"

	"conductor-registry/model/values"
)

// Line is a line of a file as it can be shown: what stands behind a key for a password or token is masked. It is "" for
// line 0 and for lines that there are not.
func Line(source values.Source, line int) string {
	for number, text := range (&file{data: source.Data}).lines() {
		if number == line {
			return mask(text)
		}
	}
	return ""
}

// mask hides values whose key says that they are secret, in lines and in braces.
func mask(line string) string {
	secret := regexp.MustCompile(
		`(?i)(["']?[\w-]*(?:password|passwd|passphrase|token|apikey|keysecret|clientsecret|\bsecret)["']?\s*:\s*)` +
			`("(?:[^"\\]|\\.)*"?|'(?:[^']|'')*'?|[^\s,}#][^,}]*)`)
	return secret.ReplaceAllString(line, "${1}******")
}
