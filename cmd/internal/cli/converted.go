package cli

import (
	"fmt"

	"conductor-registry/model"
	"conductor-registry/model/chart"
	"conductor-registry/model/convert"
)

// tell prints the new file, or what became of it; problems are talk.
func (c *convertCommand) tell(from, to *chart.Profile, r *convert.Converted, state fileState) error {
	if c.output.json() {
		return writeJSON(c.streams.Out, converted(from, to, r, state, c.write))
	}
	warn(c.streams.Err, r.Problems)
	switch {
	case r.Data == nil:
		fmt.Fprintf(c.streams.Err, "nothing was made: %s is as it was\n", shownName(c.file))
		return nil
	case c.write:
		_, err := fmt.Fprintf(c.streams.Out, "%-14s%s\n", state.words(), state.Path)
		return err
	}
	_, err := c.streams.Out.Write(r.Data)
	return err
}

// convertedFile is what convert -o json prints.
type convertedFile struct {
	FormatVersion string            `json:"formatVersion"`
	From          chart.Identity    `json:"from"`
	To            chart.Identity    `json:"to"`
	File          fileState         `json:"file"`
	Text          string            `json:"text,omitempty"` // the new file, unless it was written
	Images        map[string]beside `json:"images"`
	Problems      model.Problems    `json:"problems"`
}

// beside is an image with the old chart and the new one; "" where there is none.
type beside struct {
	Before string `json:"before"`
	After  string `json:"after"`
}

func converted(from, to *chart.Profile, r *convert.Converted, state fileState, written bool) convertedFile {
	out := convertedFile{FormatVersion: formatVersion, From: from.Identity(), To: to.Identity(), File: state,
		Images: map[string]beside{}, Problems: append(model.Problems{}, r.Problems...)}
	if !written {
		out.Text = string(r.Data)
	}
	for _, component := range from.Components {
		image := func(resolution *chart.Resolution) string {
			if resolution == nil || resolution.Components[component.Name] == nil {
				return ""
			}
			return resolution.Components[component.Name].Image
		}
		out.Images[component.Name] = beside{image(r.Before), image(r.After)}
	}
	return out
}
