package answers

import (
	"bytes"

	"conductor-registry/model"
)

// object is a JSON object.
type object map[string]any

// bytes returns the object as a file.
func (o object) bytes() ([]byte, error) {
	var b bytes.Buffer
	err := model.WriteJSON(&b, o)
	return b.Bytes(), err
}

// section returns the schema of keys below a key, which may be empty.
func section(description string, properties object) object {
	out := object{"type": []string{"object", "null"}, "properties": properties, "additionalProperties": false}
	if description != "" {
		out["description"] = description
	}
	return out
}

// describe returns what editors show for a key.
func describe(label, help, example string) object {
	text := label
	if label != "" && help != "" {
		text += ": "
	}
	out := object{"description": text + help}
	if example != "" {
		out["examples"] = []string{example}
	}
	return out
}
