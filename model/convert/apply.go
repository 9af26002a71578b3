package convert

import (
	"conductor-registry/model"
	"conductor-registry/model/values"
)

// apply makes the changes. One that is refused because another key repeats its value, as an alias does, may be made
// once that key has changed: so those are tried again. The problems are those of the first try, whose lines are the
// file's.
func apply(file string, data []byte, changes []values.Change) ([]byte, model.Problems) {
	out, problems := values.Apply(file, data, changes...)
	if len(problems) == 0 {
		return out, nil
	}
	out = data
	for len(changes) > 0 {
		var refused []values.Change
		for _, change := range changes {
			changed, why := values.Apply(file, out, change)
			if len(why) > 0 {
				refused = append(refused, change)
				continue
			}
			out = changed
		}
		if len(refused) == len(changes) {
			return nil, problems
		}
		changes = refused
	}
	return out, nil
}
