package cli

import (
	"fmt"
	"io"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/convert"
)

// pinnedFile is what pin -o json prints.
type pinnedFile struct {
	FormatVersion string         `json:"formatVersion"`
	File          fileState      `json:"file"`
	Text          string         `json:"text,omitempty"` // the new file, unless it was written or only checked
	Images        []pinnedImage  `json:"images"`
	Problems      model.Problems `json:"problems"`
}

// pinnedImage is one component's image and its digest.
type pinnedImage struct {
	use
	Image string `json:"image"`         // by its tag
	State string `json:"state"`         // new, same, moved or impossible
	Was   string `json:"was,omitempty"` // the digest that the file had
	Now   string `json:"digest"`        // the digest that the registry has
	Key   string `json:"key,omitempty"` // where it is written
}

func (c *pinCommand) report(b *pinBook, r convert.Pinned, state fileState) pinnedFile {
	out := pinnedFile{FormatVersion: formatVersion, File: state, Images: pinnedImages(b, r),
		Problems: append(model.Problems{}, r.Problems...)}
	if !c.write && !c.check && len(r.Problems.Errors()) == 0 {
		out.Text = string(r.Data)
	}
	return out
}

func pinnedImages(b *pinBook, r convert.Pinned) []pinnedImage {
	out := []pinnedImage{}
	for i, p := range r.Pins {
		_, was, _ := strings.Cut(p.Was, "@")
		_, now, _ := strings.Cut(p.Want, "@")
		out = append(out, pinnedImage{b.uses[i], b.uses[i].image, p.State(), was, now, p.Key})
	}
	return out
}

// tellPins prints a line for each image, and below it the digests. Fresh is what to call one that had none.
func tellPins(w io.Writer, b *pinBook, r convert.Pinned, fresh string) error {
	var text strings.Builder
	words := map[string]string{convert.New: fresh, convert.Same: "same", convert.Moved: "moved", convert.Impossible: "as it was"}
	for _, p := range pinnedImages(b, r) {
		fmt.Fprintf(&text, "%-11s%s  %s\n", words[p.State], p.String(), p.Image)
		if p.State == convert.Moved {
			fmt.Fprintf(&text, "%-11swas %s\n", "", p.Was)
		}
		if p.State != convert.Impossible {
			fmt.Fprintf(&text, "%-11sis  %s%s\n", "", p.Now, suffix(", in ", p.Key, p.Key != ""))
		}
	}
	_, err := io.WriteString(w, text.String())
	return err
}
