//go:build unix

package main

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	uv "github.com/charmbracelet/ultraviolet"
)

// picture is the screen with its colours. What can't be seen of a blank, such as that it is bold, is no part of it.
func (s *terminal) picture() string {
	width, height := s.screen.Width(), s.screen.Height()
	out := uv.NewScreenBuffer(width, height)
	for y := range height {
		for x := range width {
			cell := s.screen.CellAt(x, y)
			if cell != nil && cell.Content == " " {
				cell = &uv.Cell{Content: " ", Width: 1, Style: uv.Style{Bg: cell.Style.Bg, Attrs: cell.Style.Attrs & uv.AttrReverse}}
			}
			if cell != nil && cell.Width > 0 { // the second half of a wide one comes with its first
				out.SetCell(x, y, cell)
			}
		}
	}
	return out.Render()
}

// unmarked is output for the emulator: without combining marks, which it takes for characters of their own behind an
// ASCII letter (x/vt, handlePrint). Their width is none, so that nothing else moves. A rune that is cut off waits.
func (s *terminal) unmarked(output []byte) []byte {
	output = append(s.rest, output...)
	end := len(output)
	for i := end - 1; i >= max(0, end-utf8.UTFMax); i-- {
		if utf8.RuneStart(output[i]) {
			if !utf8.FullRune(output[i:]) {
				end = i
			}
			break
		}
	}
	s.rest = bytes.Clone(output[end:])
	return bytes.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, output[:end])
}
