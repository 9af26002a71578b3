package values

import "maps"

// Overlay returns the values of a later file over those of an earlier one, as Helm's -f merges them: mappings merge key
// by key, anything else replaces, and null stays (helm.sh/helm/v3/pkg/cli/values). It changes neither argument.
func Overlay(under, over map[string]any) map[string]any {
	return merge(under, over, false)
}

// Coalesce returns values over a chart's defaults: as Overlay, but a null removes a default, at the top also one that is
// null itself (helm.sh/helm/v3/pkg/chartutil, CoalesceValues). It changes neither argument; the result shares their mappings
// and is only to be read.
func Coalesce(defaults, values map[string]any) map[string]any {
	out := merge(defaults, values, true)
	for key, value := range values {
		if _, isDefault := defaults[key]; isDefault && value == nil {
			delete(out, key)
		}
	}
	return out
}

func merge(under, over map[string]any, nullRemoves bool) map[string]any {
	out := make(map[string]any, len(under)+len(over))
	maps.Copy(out, under)
	for key, value := range over {
		below := under[key]
		if nullRemoves && value == nil && below != nil {
			delete(out, key)
			continue
		}
		out[key] = value
		mapping, ok := value.(map[string]any)
		if base, isMapping := below.(map[string]any); ok && isMapping {
			out[key] = merge(base, mapping, nullRemoves)
		}
	}
	return out
}

// clone copies mappings and lists all the way down.
func clone(mapping map[string]any) map[string]any {
	out := make(map[string]any, len(mapping))
	for key, value := range mapping {
		out[key] = cloneValue(value)
	}
	return out
}

func cloneValue(value any) any {
	switch v := value.(type) {
	case map[string]any:
		return clone(v)
	case []any:
		out := make([]any, len(v))
		for i, item := range v {
			out[i] = cloneValue(item)
		}
		return out
	}
	return value
}
