package svg_test

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"conductor-registry/golden/svg"
)

const styled = "a \x1b[34mblue\x1b[m \x1b[1;2mb & c\x1b[m\n  \x1b[4mline\x1b[m"

func TestFrameKeepsTheStyles(t *testing.T) {
	const want = "a {blue|blue} {bold faint|b & c}\n  {underlined|line}\n"
	if got := svg.NewFrame(styled, 20, 2).Marked(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestPicturesAreXML(t *testing.T) {
	f := svg.NewFrame(styled, 20, 2)
	for _, theme := range svg.Themes() {
		for _, picture := range [][]byte{svg.Draw(f, theme), svg.Animate([]svg.Step{{f, 1}, {f, 2}}, theme)} {
			d := xml.NewDecoder(strings.NewReader(string(picture)))
			for {
				_, err := d.Token()
				if errors.Is(err, io.EOF) {
					break
				}
				if err != nil {
					t.Fatalf("%v in\n%s", err, picture)
				}
			}
			if n := strings.Count(string(picture), "<text "); n != strings.Count(string(picture), `xml:space="preserve"`) {
				t.Errorf("a text does not keep its spaces:\n%s", picture)
			}
			if !strings.Contains(string(picture), theme.Colors["blue"]) {
				t.Errorf("no blue in\n%s", picture)
			}
		}
	}
}
