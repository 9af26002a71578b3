package values

import "maps"

// merge puts a later values file over an earlier one as helm's -f does: tables merge key by key, anything else
// replaces, and null stays (helm.sh/helm/v3/pkg/cli/values). Neither argument is changed.
func merge(under, over map[string]any) map[string]any {
	out := maps.Clone(under)
	for key, value := range over {
		if table, ok := value.(map[string]any); ok {
			if below, ok := out[key].(map[string]any); ok {
				out[key] = merge(below, table)
				continue
			}
		}
		out[key] = value
	}
	return out
}

// Coalesce puts values over a chart's defaults: a null removes a default, a table is filled up with the defaults it
// lacks, anything else replaces (helm.sh/helm/v3/pkg/chartutil, CoalesceValues). Neither argument is changed; the
// result shares their tables and is only to be read.
func Coalesce(defaults, values map[string]any) map[string]any {
	out := make(map[string]any, len(defaults)+len(values))
	maps.Copy(out, defaults)
	for key, value := range values {
		below, known := defaults[key]
		if value == nil && known && below != nil {
			delete(out, key)
			continue
		}
		out[key] = value
		table, ok := value.(map[string]any)
		if base, isTable := below.(map[string]any); ok && isTable {
			out[key] = Coalesce(base, table)
		}
	}
	return out
}

// clone copies tables and lists all the way down.
func clone(value any) any {
	switch v := value.(type) {
	case map[string]any:
		out := make(map[string]any, len(v))
		for key, item := range v {
			out[key] = clone(item)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, item := range v {
			out[i] = clone(item)
		}
		return out
	}
	return value
}
