package presets

import "conductor-registry/model/answers"

// Catalog returns the charts, and the registries that Load returns.
func Catalog(folders ...Folder) (*answers.Catalog, error) {
	registries, err := Load(folders...)
	if err != nil {
		return nil, err
	}
	charts, err := Charts()
	if err != nil {
		return nil, err
	}
	return &answers.Catalog{Registries: registries, Charts: charts}, nil
}
