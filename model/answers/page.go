package answers

// Page is the wizard page of a question.
type Page int

// The pages in order. All but the last have questions.
const (
	Chart Page = iota
	Registry
	Details
	Pattern
	Images
	PullSecret
	Review
)

// Name returns one or two words for the page.
func (p Page) Name() string {
	return [...]string{"Chart", "Registry", "Details", "Pattern", "Images", "Pull secret", "Review"}[p]
}

// Title returns the question that the page asks as a whole.
func (p Page) Title() string {
	return [...]string{
		"Which chart, and for which environments?", "Where are the images?", "Which registry exactly?",
		"Where should values.yaml put the registry?", "Which images?", "How do pods log in to the registry?",
		"Ready to write",
	}[p]
}
