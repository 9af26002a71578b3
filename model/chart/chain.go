package chart

// appVersion in a Chain stands for the chart's appVersion.
const appVersion = "Chart.AppVersion"

// picked is the value that a chain gives.
type picked struct {
	value any
	path  string // where it comes from; "" for a literal
}

// pick evaluates the chain on merged values. It reads all paths, as a template does, so that any of them can fail.
func (c Chain) pick(values map[string]any) (picked, error) {
	var last, won picked
	found := false
	for _, path := range c.Paths {
		value, err := deref(values, path)
		if err != nil {
			return picked{}, err
		}
		last = picked{value, path}
		if found || empty(value) {
			continue
		}
		if c.Text && typeOf(value) != "string" {
			return picked{}, wantText(path, value)
		}
		won, found = last, true
	}
	switch {
	case found:
		return won, nil
	case c.Else != "":
		return picked{value: c.Else}, nil
	}
	return last, nil
}
