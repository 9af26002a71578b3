package lint

import (
	"fmt"
	"slices"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/values"
)

func (c *checker) checkPolicies() {
	for _, r := range c.components {
		if slices.Contains([]any{"", "Always", "IfNotPresent", "Never"}, r.PullPolicy) ||
			values.Placeholder(fmt.Sprint(r.PullPolicy)) != "" {
			continue
		}
		f := found{rule: "pull-policy-invalid", path: r.Trace.PullPolicy.From,
			facts: facts{"component": r.name, "policy": fmt.Sprint(r.PullPolicy)}}
		value, _ := c.values.Lookup(f.path)
		written, _ := value.(string)
		if meant := nearestPolicy(written); meant != "" {
			f.fix, f.changes = "write "+meant, []values.Change{{Path: f.path, Value: meant}}
		}
		c.report(f)
	}
}

// nearestPolicy returns the policy that was meant; "" if none is near.
func nearestPolicy(written string) string {
	plain := strings.NewReplacer("-", "", "_", "", " ", "").Replace(strings.ToLower(written))
	nearest := model.Nearest(plain, []string{"always", "ifnotpresent", "never"})
	return map[string]string{"always": "Always", "ifnotpresent": "IfNotPresent", "never": "Never"}[nearest]
}
