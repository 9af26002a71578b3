package ui

import (
	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/plan"
)

// scene is the state that one frame shows. The root makes one for each frame, and the parts draw it.
type scene struct {
	look
	*work
	screen
	page     answers.Page
	reached  answers.Page // the furthest page seen
	problems model.Problems
	first    *plan.Environment // the one with the focus, which is shown in full
	helm     *helmCheck
	probe    *probeCheck
	copying  copying
	canCopy  bool // the review offers to copy the images
}

// screen is the size of the terminal in cells.
type screen struct{ width, height int }

// The smallest screen that the wizard fits, and the width from which the preview stands beside the form.
const (
	minWidth, minHeight = 60, 20
	wideWidth           = 100
	margin              = 2
)

func (s screen) tooSmall() bool { return s.width < minWidth || s.height < minHeight }
func (s screen) wide() bool     { return s.width >= wideWidth }

// widths returns those of the two columns: the page and the preview.
func (s screen) widths() (left, right int) {
	inner := s.width - 2*margin - 3
	return inner / 2, inner - inner/2
}

// overPreview reports whether a column of a wide screen belongs to the preview.
func (s screen) overPreview(x int) bool {
	left, _ := s.widths()
	return s.wide() && x > margin+left
}
