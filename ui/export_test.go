package ui

// KeyGroups returns, for docs/keys.md, each group of keys: its title, then a row of a table for each key.
func KeyGroups() [][]string {
	var out [][]string
	for _, g := range allGroups(newKeys()) {
		lines := []string{g.title}
		for _, b := range g.keys {
			lines = append(lines, "| `"+b.Help().Key+"` | "+b.Help().Desc+" |")
		}
		out = append(out, lines)
	}
	return out
}

func allGroups(k keys) []keyGroup {
	questions, table, review, end, everywhere := k.groups()
	return []keyGroup{everywhere, questions, table, review, end}
}
