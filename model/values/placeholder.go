package values

import (
	"regexp"
	"strings"
)

// placeholder matches what another program fills in before Helm reads the values: envsubst, Flux and kustomize, helmfile
// and other templates, Argo CD's vault plugin, vals, SOPS, Windows and Azure Pipelines.
var placeholder = regexp.MustCompile(`\$\{[^}]*\}|\$[A-Za-z_]\w*|\$\([^)]*\)|\{\{.*?\}\}|<path:[^>]*>|^ref\+\w+:.*|` +
	`ENC\[[^\]]*\]|%[A-Za-z_]\w*%|^__[A-Za-z]\w*?__|__[A-Z][A-Z0-9_]*?__|#\{[^}]*\}#?`)

// Placeholder returns the first placeholder in a value, such as ${REGISTRY} or {{ .Env.TAG }}; "" when it has none. What a
// value with a placeholder becomes is unknown.
func Placeholder(text string) string {
	if !strings.ContainsAny(text, "$%#{<[+_") { // each placeholder has one of them, and few values have
		return ""
	}
	return placeholder.FindString(text)
}
