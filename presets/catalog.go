package presets

import "conductor-registry/model/answers"

// Catalog is all registries and charts that there are to choose from.
func Catalog() (*answers.Catalog, error) {
	registries, err := Load()
	if err != nil {
		return nil, err
	}
	charts, err := Charts()
	if err != nil {
		return nil, err
	}
	return &answers.Catalog{Registries: registries, Charts: charts}, nil
}
