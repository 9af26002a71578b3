package cli

import (
	"fmt"
	"io"
	"strings"

	progressbar "charm.land/bubbles/v2/progress"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	plans "conductor-registry/model/mirror"
	"conductor-registry/model/redact"
	"conductor-registry/verify/mirror"
)

// bars show how far copies are: a bar for each image on a terminal, lines elsewhere and in CI.
type bars struct {
	out        io.Writer
	isTerminal bool
	names      []string
	width      int // of the terminal in cells
	bar        progressbar.Model
	drawn      bool
	last       []mirror.Progress // that lines were printed for
}

const (
	barWidth     = 24
	progressText = " 1234.5 MB of 1234.5 MB" // the longest one behind a bar
)

func newBars(s Streams, list []plans.Image) *bars {
	b := &bars{out: s.Err, isTerminal: s.ErrIsTerminal && !needsLines(s) && !isOn(s, "CI"), width: helpWidth,
		last: make([]mirror.Progress, len(list))}
	if s.Size != nil {
		if width, _ := s.Size(); width > 0 {
			b.width = width
		}
	}
	for _, image := range list {
		b.names = append(b.names, redact.Visible(image.Target))
	}
	b.bar = progressbar.New(progressbar.WithWidth(barWidth), progressbar.WithoutPercentage(),
		progressbar.WithColors(lipgloss.NoColor{}), progressbar.WithFillCharacters('#', '.'))
	if takesUTF8(s) {
		b.bar.Full, b.bar.Empty = '█', '░'
	}
	b.bar.EmptyColor = lipgloss.NoColor{}
	return b
}

// show shows the progress of all images.
func (b *bars) show(all []mirror.Progress) {
	if b.isTerminal {
		b.draw(all)
		return
	}
	for i, now := range all {
		b.printLine(b.names[i], b.last[i], now)
		b.last[i] = now
	}
}

// draw replaces the bars on the terminal.
func (b *bars) draw(all []mirror.Progress) {
	var frame strings.Builder
	if b.drawn {
		frame.WriteString(ansi.CursorUp(len(all)))
	}
	for i, now := range all {
		text := string(now.State)
		if now.State == mirror.Copying {
			text = strings.TrimSpace(sizeText(now.Done)+" of ") + " " + sizeText(now.Size)
		}
		room := max(10, b.width-barWidth-len(progressText)-3)
		name := ansi.TruncateLeft(b.names[i], max(0, ansi.StringWidth(b.names[i])-room), "…")
		name += strings.Repeat(" ", max(0, room-ansi.StringWidth(name)))
		fmt.Fprintf(&frame, "%s %s %s%s\r\n", name, b.bar.ViewAs(share(now)), text, ansi.EraseLineRight)
	}
	b.drawn = true
	_, _ = io.WriteString(raw(b.out), frame.String())
}

// share returns how much of an image is done, from 0 to 1.
func share(p mirror.Progress) float64 {
	switch {
	case p.State == mirror.Copied || p.State == mirror.Unchanged:
		return 1
	case p.Size == 0:
		return 0
	}
	return float64(p.Done) / float64(p.Size)
}

// end removes the bars.
func (b *bars) end() {
	if b.drawn {
		_, _ = io.WriteString(raw(b.out), ansi.CursorUp(len(b.names))+ansi.EraseScreenBelow)
	}
}

// printLine prints a line where the state has changed or another quarter is done.
func (b *bars) printLine(name string, before, now mirror.Progress) {
	const quarters = 4
	switch done := int(share(now) * quarters); {
	case now.State == mirror.Copying && before.State != mirror.Copying:
		printf(b.out, "copying %s, %s\n", name, sizeText(now.Size))
	case now.State == mirror.Copying && done > int(share(before)*quarters) && done < quarters:
		printf(b.out, "copying %s, %s\n", name, fmt.Sprintf("%d%%", done*100/quarters))
	case now.State != before.State && now.State == mirror.Copied:
		printf(b.out, "copied %s\n", name)
	}
}
