package gitops

import (
	"regexp"
	"strings"
)

// marked matches a line that the user has to fill in: its key, and the comment that says so.
var marked = regexp.MustCompile(`^([\s-]*[\w.]+:).*?(# (?:change|fill in)\b.*)$`)

// Keep returns the new text of an object with the lines that the user has filled in, from the text that exists. Those
// are known by their key and their comment, so a line without its comment is written again.
func Keep(text, existing string) string {
	filled := map[string][]string{}
	for line := range strings.Lines(existing) {
		line = strings.TrimRight(line, "\r\n")
		if id := markOf(line); id != "" {
			filled[id] = append(filled[id], line)
		}
	}
	count := map[string]int{}
	lines := strings.Split(text, "\n")
	for _, line := range lines {
		count[markOf(line)]++
	}
	for i, line := range lines {
		if id := markOf(line); id != "" && len(filled[id]) == count[id] {
			lines[i], filled[id] = filled[id][0], filled[id][1:]
			count[id]--
		}
	}
	return strings.Join(lines, "\n")
}

// markOf returns the key and the comment of a line to fill in; "" for other lines.
func markOf(line string) string {
	if found := marked.FindStringSubmatch(line); found != nil {
		return found[1] + found[2]
	}
	return ""
}
