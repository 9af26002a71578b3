package presets

import "conductor-registry/model/form"

// Catalog is all registries and charts that there are to choose from.
func Catalog() (*form.Catalog, error) {
	registries, err := Load()
	if err != nil {
		return nil, err
	}
	charts, err := Charts()
	if err != nil {
		return nil, err
	}
	return &form.Catalog{Registries: registries, Charts: charts}, nil
}
