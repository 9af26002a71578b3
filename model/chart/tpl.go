package chart

import (
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// action is a template action with the white space that it trims.
var action = regexp.MustCompile(`(\s*\{\{- |\{\{)\s*(.*?)\s*( -\}\}\s*|\}\})`)

// expand returns text as the template function tpl prints it, for actions that print a value, a fact of the chart or a
// constant. Other actions stay in the text, and the resolution lists it among its Templates.
func (r *resolver) expand(text, path string) (string, error) {
	if !strings.Contains(text, "{{") {
		return stripped(text), nil
	}
	if strings.Contains(action.ReplaceAllString(text, ""), "{{") {
		return "", errors.New("<.Values." + path + ">: cannot parse template " + strconv.Quote(text))
	}
	var failed error
	out := action.ReplaceAllStringFunc(text, func(whole string) string {
		value, known, err := r.operand(action.FindStringSubmatch(whole)[2])
		switch {
		case err != nil:
			failed = err
		case !known:
			r.addTemplate(text, path)
			return strings.NewReplacer(`"`, "'", `\`, "/").Replace(whole) // it stands between quotes in the manifest
		}
		return value
	})
	return stripped(out), failed
}

// operand returns what a template action of one operand prints; known is false for all others.
func (r *resolver) operand(text string) (value string, known bool, err error) {
	if path, ok := strings.CutPrefix(text, ".Values."); ok && isPath(path) {
		found, err := deref(r.values, path)
		return stripped(printed(found)), true, err
	}
	if constant, ok := constantText(text); ok {
		return constant, true, nil
	}
	value, known = map[string]string{".Chart.AppVersion": r.profile.AppVersion, ".Chart.Version": r.profile.Version,
		".Chart.Name": r.profile.Name}[text]
	return value, known, nil
}

// constantText returns what a template prints for a constant of text, a character, a number or a boolean, and "" for a
// comment.
func constantText(text string) (string, bool) {
	isComment := strings.HasPrefix(text, "/*") && strings.HasSuffix(text, "*/") && len(text) > len("/**")
	constant, err := strconv.Unquote(text)
	character, _ := utf8.DecodeRuneInString(constant)
	switch {
	case isComment:
		return "", true
	case err == nil && text[0] == '\'': // a rune prints as its number
		return strconv.Itoa(int(character)), true
	case err == nil:
		return constant, true
	case text == "true" || text == "false":
		return text, true
	case decimal.MatchString(text):
		number, _ := strconv.ParseFloat(text, 64)
		if strings.Contains(text, ".") {
			return printed(number), true
		}
		return text, true
	}
	return "", false
}

// decimal matches the numbers that a template prints as they are, but for zeros at the end.
var decimal = regexp.MustCompile(`^(?:0|[1-9]\d{0,14})(?:\.\d{1,14})?$`)

func isPath(text string) bool {
	return !strings.ContainsFunc(text, func(c rune) bool {
		return c != '.' && c != '_' && (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z')
	})
}

// addTemplate adds a text to the Templates of the resolution, once: both components may share it.
func (r *resolver) addTemplate(text, path string) {
	if found := (Template{path, text}); !slices.Contains(r.out.Templates, found) {
		r.out.Templates = append(r.out.Templates, found)
	}
}
