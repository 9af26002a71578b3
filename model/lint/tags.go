package lint

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"conductor-registry/model/image"
	"conductor-registry/model/values"
)

// checkUnquotedTags looks at the tags of every file, whether a later file replaces them or not.
func (c *checker) checkUnquotedTags() {
	var paths []string
	for _, component := range c.Profile.Components {
		paths = append(paths, component.Tag.Paths...)
	}
	c.checkSetTags(paths)
	for _, f := range c.files {
		for at := range f.entries() {
			if at.value.Kind != yaml.ScalarNode || at.value.Style != 0 || !slices.Contains(paths, at.path) {
				continue
			}
			switch value := asHelmReads(at.value.Value).(type) {
			case bool, float64:
				c.reportUnquotedTag(f, at, fmt.Sprint(value))
			}
		}
	}
}

// checkSetTags looks at the tags that --set gives: it makes true and false booleans, and 0 a number, which count as
// empty.
func (c *checker) checkSetTags(paths []string) {
	for _, path := range paths {
		value, _ := c.values.Lookup(path)
		if file, _ := c.values.Position(path); file != "" {
			continue
		}
		if _, isBool := value.(bool); !isBool && value != int64(0) {
			continue
		}
		c.report(found{rule: "tag-retyped", path: path, summary: "--set gives the tag {tag} another type than text",
			fix: "pass it as text: --set-string {path}={tag}", facts: facts{"tag": fmt.Sprint(value)}})
	}
}

// asHelmReads returns an unquoted value with the type that Helm's YAML gives it.
func asHelmReads(text string) any {
	loaded, err := values.Load(values.Source{Data: []byte("x: " + text)})
	if err != nil {
		return nil
	}
	return loaded.Map()["x"]
}

func (c *checker) reportUnquotedTag(f *file, at entry, value string) {
	written, quoted := at.value.Value, values.Quote(at.value.Value)
	tag := found{rule: "tag-retyped", path: at.path, at: place{f.name, at.key.Line}, fix: "write " + quoted,
		facts: facts{"tag": written, "value": value}, changes: []values.Change{{Path: at.path, Value: quoted}}}
	refused := ""
	if c.refused != nil {
		refused = strings.ReplaceAll(c.refused.Message, "/", ".")
	}
	switch {
	case strings.Contains(refused, at.path):
		tag.summary = "YAML does not read the tag {tag} as text, and the chart refuses it"
	case value == "0" || value == "false":
		tag.summary = "YAML reads the tag {tag} as {value}, which counts as empty: the chart uses another tag"
	case value == written:
		tag.rule = "tag-unquoted"
	}
	c.report(tag)
}

func (c *checker) checkDigests() {
	for _, r := range c.components {
		if tag := textOf(r.Trace.Tag); strings.HasPrefix(tag, "sha256:") {
			c.report(found{rule: "digest-as-tag", path: r.Trace.Tag.From, facts: facts{"digest": image.ShortDigest(tag)}})
		}
	}
}

func (c *checker) checkMutableTags() {
	production := ""
	if i := slices.IndexFunc(c.files, func(f *file) bool { return image.IsProduction(f.name) }); i >= 0 {
		production = c.files[i].name
	}
	for _, r := range c.components {
		tag := textOf(r.Trace.Tag)
		f := found{rule: "moving-tag", path: r.Trace.Tag.From,
			facts: facts{"tag": tag, "policy": fmt.Sprint(r.PullPolicy), "file": production}}
		switch {
		case !image.IsMutableTag(tag):
			continue
		case r.PullPolicy != "Always":
			f.summary = "the tag {tag} is mutable, and with the pull policy {policy} a node keeps the build it has"
		case production != "":
			f.summary = "{file} is for production and uses the mutable tag {tag}"
		default:
			continue
		}
		c.report(f)
	}
}

// fixTag returns how to write a tag that makes an image name invalid, as words and as an edit.
func fixTag(path, tag string) (string, []values.Change) {
	right := strings.ReplaceAll(unquoted(tag), "+", "_") // a plus is for versions: registries write an underscore
	switch {
	case strings.Contains(tag, "sha256:") && image.CheckTag(right) != nil:
		return "a digest belongs behind a tag: 5.2.42@sha256:<64 hex digits>", nil
	case strings.Contains(tag, "e+"):
		return `put the tag in quotes, since YAML reads it as a number: tag: "20240101"`, nil
	case image.CheckTag(right) != nil:
		return `write a tag of letters, digits, dots, dashes and underscores, for example "5.2.42"`, nil
	}
	words := "write " + quote(right)
	if unquoted(tag) != tag {
		words += ": the quotes and spaces around it are part of the tag"
	}
	return words, []values.Change{{Path: path, Value: values.Quote(right)}}
}
