package model

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// DecodeFile decodes the one YAML document of a preset or profile file into a struct. It refuses unknown keys, values
// of another type and further documents. The error names file and line of each mistake, one a line, and the key that a
// misspelled one is near to. Fields with the tag required:"true" must have a value, those with the tag enum:"a b" one
// of its words.
func DecodeFile(name string, data []byte, into any) error {
	if err := decodeFile(name, data, into); err != nil {
		return FileError{err}
	}
	return nil
}

// FileError is a mistake in a preset or profile file.
type FileError struct{ error }

func decodeFile(name string, data []byte, into any) error {
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	decoder.KnownFields(true)
	err := decoder.Decode(into)
	if errors.Is(err, io.EOF) {
		return fmt.Errorf("%s: the file is empty", name)
	}
	if wrong, ok := errors.AsType[*yaml.TypeError](err); ok {
		lines := make([]string, len(wrong.Errors))
		for i, text := range wrong.Errors {
			lines[i] = withFile(name, explainDecode(text, reflect.TypeOf(into)))
		}
		return errors.New(strings.Join(lines, "\n"))
	}
	if err != nil {
		return errors.New(withFile(name, YAMLReason(err)))
	}
	if !errors.Is(decoder.Decode(&yaml.Node{}), io.EOF) {
		return fmt.Errorf("%s: the file has more than one YAML document", name)
	}
	c := tagChecker{file: name, fields: map[reflect.Type][]yamlField{}}
	return c.check(reflect.ValueOf(into).Elem(), "")
}

// tagChecker checks the tags required and enum of the fields of decoded structs.
type tagChecker struct {
	file   string
	fields map[reflect.Type][]yamlField // of the types met so far: a file has many values of few types
}

// check returns an error for the first field below v with the tag required:"true" that has no value, or with a value
// that is not one of the words of its tag enum.
func (c tagChecker) check(v reflect.Value, path string) error {
	switch v.Kind() {
	case reflect.Slice:
		for i := range v.Len() {
			if err := c.check(v.Index(i), path+"["+strconv.Itoa(i)+"]"); err != nil {
				return err
			}
		}
	case reflect.Struct:
		for _, f := range c.fieldsOf(v.Type()) {
			if err := c.checkField(f, v.FieldByName(f.Name), strings.TrimPrefix(path+"."+f.Key, ".")); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c tagChecker) fieldsOf(t reflect.Type) []yamlField {
	if _, known := c.fields[t]; !known {
		c.fields[t] = yamlFields(t)
	}
	return c.fields[t]
}

func (c tagChecker) checkField(f yamlField, value reflect.Value, path string) error {
	isRequired, words := f.Tag.Get("required") == "true", strings.Fields(f.Tag.Get("enum"))
	switch {
	case value.IsZero() && isRequired:
		return fmt.Errorf("%s: missing key %q", c.file, path)
	case value.IsZero():
		return nil
	case value.Kind() != reflect.String:
		return c.check(value, path)
	case len(words) > 0 && !slices.Contains(words, value.String()):
		return fmt.Errorf("%s: %s: %q is not one of %s", c.file, path, value.String(), strings.Join(words, ", "))
	}
	return nil
}

var (
	errorLine    = regexp.MustCompile(`^line (\d+): `)
	unknownField = regexp.MustCompile(`^(line \d+: )field (.+) not found in type (.+)$`)
	wrongType    = regexp.MustCompile("^(line \\d+: )cannot unmarshal (?:!!(map|seq)|!!\\w+ `([^`]*)`) into (.+)$")
)

// decoderValue matches the value that the YAML library repeats in an error, which may be a secret.
var decoderValue = regexp.MustCompile("cannot decode !!\\w+ `[^`]*`")

// YAMLReason returns the text of an error of the YAML library without its prefix and the value that it repeats.
func YAMLReason(err error) string {
	return decoderValue.ReplaceAllString(strings.TrimPrefix(err.Error(), "yaml: "), "cannot decode a value")
}

// withFile returns an error of the YAML library as FILE:LINE: TEXT.
func withFile(file, text string) string {
	if m := errorLine.FindStringSubmatch(text); m != nil {
		return file + ":" + m[1] + ": " + text[len(m[0]):]
	}
	return file + ": " + text
}

// explainDecode returns an error of the YAML library in the words of a file: keys, not fields of Go types.
func explainDecode(text string, root reflect.Type) string {
	if m := unknownField.FindStringSubmatch(text); m != nil {
		out := fmt.Sprintf("%sunknown key %q", m[1], m[2])
		if near := Nearest(m[2], yamlKeys(root, m[3])); near != "" {
			out += fmt.Sprintf("; did you mean %q?", near)
		}
		return out
	}
	if m := wrongType.FindStringSubmatch(text); m != nil {
		got := map[string]string{"map": "a mapping", "seq": "a list", "": fmt.Sprintf("%q", m[3])}[m[2]]
		return m[1] + "got " + got + ", want " + kindOf(m[4])
	}
	return text
}

// kindOf returns what a file has to hold for a Go type.
func kindOf(goType string) string {
	switch {
	case strings.HasPrefix(goType, "[]"):
		return "a list, such as [a, b]"
	case goType == "bool":
		return "true or false"
	case strings.HasPrefix(goType, "int"):
		return "a whole number"
	case goType == "string":
		return "text"
	}
	return "a mapping of keys and values"
}

// yamlKeys returns the keys that the struct type of that name takes, looked for in root and all types below it.
func yamlKeys(root reflect.Type, name string) []string {
	var keys []string
	seen := map[reflect.Type]bool{}
	var walk func(t reflect.Type)
	walk = func(t reflect.Type) {
		if seen[t] {
			return
		}
		seen[t] = true
		switch t.Kind() {
		case reflect.Pointer, reflect.Slice, reflect.Map:
			walk(t.Elem())
		case reflect.Struct:
			for _, f := range yamlFields(t) {
				walk(f.Type)
				if t.String() == name {
					keys = append(keys, f.Key)
				}
			}
		}
	}
	walk(root)
	return keys
}

// yamlField is a field of a struct that a YAML file can set.
type yamlField struct {
	reflect.StructField
	Key string
}

// yamlFields returns the fields of a struct type with their keys, those of inlined structs included.
func yamlFields(t reflect.Type) []yamlField {
	var out []yamlField
	for f := range t.Fields() {
		tag := strings.Split(f.Tag.Get("yaml"), ",")
		switch {
		case tag[0] == "-" || !f.IsExported() && !f.Anonymous:
		case slices.Contains(tag[1:], "inline"):
			out = append(out, yamlFields(f.Type)...)
		case tag[0] != "":
			out = append(out, yamlField{f, tag[0]})
		default:
			out = append(out, yamlField{f, strings.ToLower(f.Name)})
		}
	}
	return out
}
