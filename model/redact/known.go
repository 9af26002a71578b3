package redact

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"sync"
)

// Known masks the secrets of the user's files and arguments in everything that is printed. It finds what is a secret by
// its key, place or certain shape, and masks it wherever it occurs again, and nothing else: what is only likely to be a
// secret may be the name of an image. Short and everyday words, such as "postgres", are not masked in other text. It can
// be used by several goroutines; nil knows no secrets.
type Known struct {
	mutex    sync.Mutex
	secrets  map[string]bool
	replacer *strings.Replacer // nil until it is needed
}

// AddFile adds the secrets of a file: values, answers, a docker config.
func (k *Known) AddFile(data []byte) {
	s := newScan(data)
	s.isCertain = true
	s.findPlaces()
	k.add(s)
}

// AddText adds the secrets of an argument.
func (k *Known) AddText(text string) {
	s := newScan([]byte(text))
	s.isCertain = true
	s.shapes()
	s.text(0, len(s.data))
	k.add(s)
}

// AddSecret adds a text that is a secret, such as a password from standard input.
func (k *Known) AddSecret(text string) {
	s := newScan(nil)
	s.remember(text)
	k.add(s)
}

func (k *Known) add(s *scan) {
	if k == nil {
		return
	}
	k.mutex.Lock()
	defer k.mutex.Unlock()
	if k.secrets == nil {
		k.secrets = map[string]bool{}
	}
	for text := range s.secrets {
		text = strings.TrimLeft(text, "*") // an alias that does not exist is named in the error
		if isStrong(text) && !k.secrets[text] {
			k.secrets[text], k.replacer = true, nil
		}
	}
}

// Text returns text without the known secrets.
func (k *Known) Text(text string) string {
	if masks := k.masks(); masks != nil {
		return masks.Replace(text)
	}
	return text
}

// masks returns what replaces the known secrets; nil when there are none.
func (k *Known) masks() *strings.Replacer {
	if k == nil {
		return nil
	}
	k.mutex.Lock()
	defer k.mutex.Unlock()
	if k.replacer == nil && len(k.secrets) > 0 {
		var pairs []string
		longestFirst := func(a, b string) int { return len(b) - len(a) }
		for _, secret := range slices.SortedFunc(maps.Keys(k.secrets), longestFirst) {
			for _, spelling := range spellings(secret) {
				pairs = append(pairs, spelling, Mask)
			}
		}
		k.replacer = strings.NewReplacer(pairs...)
	}
	return k.replacer
}

// JSON returns encoded JSON without the known secrets, and with \u escapes for what a terminal acts on.
func (k *Known) JSON(encoded []byte) []byte {
	if k.masks() == nil {
		return JSON(encoded)
	}
	var b bytes.Buffer
	for rest := encoded; len(rest) > 0; {
		start := bytes.IndexByte(rest, '"')
		if start < 0 {
			b.Write(rest)
			break
		}
		end, closed := closing(rest[start:], '"', start)
		if !closed {
			end = len(rest)
		}
		b.Write(rest[:start])
		b.Write(k.literal(rest[start:end]))
		rest = rest[end:]
	}
	return JSON(b.Bytes())
}

// literal returns a JSON string without the known secrets.
func (k *Known) literal(quoted []byte) []byte {
	var text string
	if json.Unmarshal(quoted, &text) != nil {
		return quoted
	}
	shown := k.Text(text)
	if shown == text {
		return quoted
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(shown) //nolint:errchkjson // a string always encodes
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}
