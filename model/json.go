package model

import (
	"encoding/json"
	"io"
)

// WriteJSON writes a value as indented JSON, without HTML escapes: image names and commands stay readable.
func WriteJSON(w io.Writer, value any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(value)
}
