package session

import "conductor-registry/model/answers"

// latest is the tag for which Kubernetes itself pulls always.
const latest = "latest"

// followTag preselects the pull policy Always when the tag latest is answered, as Kubernetes does, since nodes would keep
// the image they have. It takes it back when the tag is another again, and leaves a policy that the user chose. It
// returns the path of the policy, if that changed.
func (d *Draft) followTag(path string) []string {
	at := answers.ParsePath(path)
	if at.Leaf != "tag" {
		return nil
	}
	at.Leaf = "pullPolicy"
	policy, isLatest := at.String(), d.Answers.Get(path) == latest
	switch f, isAsked := d.Catalog.Asked(d.Answers, at); {
	case isLatest && isAsked && f.Check != nil && d.Answers.Lookup(at).Text == "":
		d.Answers.Set(policy, "Always")
		d.followed[policy] = true
	case !isLatest && d.followed[policy]:
		delete(d.followed, policy)
		d.Answers.Unset(policy)
	default:
		return nil
	}
	return []string{policy}
}
