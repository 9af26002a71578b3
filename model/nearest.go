package model

// Nearest returns the candidate that word was probably meant to be, or "" when more than a third of the letters differ.
// Of equally near candidates it returns the first.
func Nearest(word string, candidates []string) string {
	best, bestEdits := "", len(word)
	for _, candidate := range candidates {
		limit := max(1, (max(len(word), len(candidate))+1)/3)
		if longer := len(word) - len(candidate); max(longer, -longer) > limit {
			continue // each additional letter is an edit
		}
		if edits := EditDistance(word, candidate); edits <= limit && edits < bestEdits {
			best, bestEdits = candidate, edits
		}
	}
	return best
}

// EditDistance returns how many letters to insert, remove, change or swap with their neighbour turn a into b (optimal
// string alignment).
func EditDistance(a, b string) int {
	before, last := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row := make([]int, len(b)+1)
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last = last, row
	}
	return last[len(b)]
}
