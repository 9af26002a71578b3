package answers

// Page is where a question stands.
type Page int

// The pages in their order. All but the last have questions.
const (
	Chart Page = iota
	Registry
	Details
	Pattern
	Images
	PullSecret
	Review
)

// Name is a word or two for the page.
func (p Page) Name() string {
	return [...]string{"Chart", "Registry", "Details", "Pattern", "Images", "Pull secret", "Review"}[p]
}

// Title is what the page asks as a whole.
func (p Page) Title() string {
	return [...]string{"Which chart, and for which environments?", "Where are the images?", "Which one exactly?",
		"How should the registry be written?", "Which images?", "How do the pods log in?", "Ready to write"}[p]
}
