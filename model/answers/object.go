package answers

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
)

// object is a JSON object that keeps the order of its keys: editors show them in that order.
type object []member

type member struct {
	key   string
	value any
}

// MarshalJSON writes the members in their order.
func (o object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	b.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		if err := e.Encode(m.key); err != nil {
			return nil, err
		}
		b.WriteByte(':')
		if err := e.Encode(m.value); err != nil {
			return nil, err
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// bytes returns the object as a file.
func (o object) bytes() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(o)
	return b.Bytes(), err
}

func (o object) has(key string) bool {
	return slices.ContainsFunc(o, func(m member) bool { return m.key == key })
}

// below adds a member to the section of a table, which it creates where needed.
func (o object) below(table string, m member) object {
	for i, t := range o {
		if t.key == table {
			s, _ := t.value.(object)
			properties, _ := s[1].value.(object)
			o[i].value = section("", append(properties, m))
			return o
		}
	}
	return append(o, member{table, section("", object{m})})
}

// nest returns the object with a value at a dotted path.
func (o object) nest(path string, value any) object {
	table, rest, nested := strings.Cut(path, ".")
	if !nested {
		return append(o, member{path, value})
	}
	return append(o, member{table, object{{"properties", object{}.nest(rest, value)}}})
}
