package presets

// File is the file that a preset or a chart profile is read from, by its id.
func File(id string) ([]byte, bool) {
	for _, path := range []string{"registries/" + id + ".yaml", "charts/" + id + ".yaml"} {
		for _, folder := range []interface {
			ReadFile(name string) ([]byte, error)
		}{registries, charts} {
			if data, err := folder.ReadFile(path); err == nil {
				return data, true
			}
		}
	}
	return nil, false
}
