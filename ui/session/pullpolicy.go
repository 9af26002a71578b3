package session

import "conductor-registry/model/answers"

// FollowTag preselects the pull policy Always when the tag latest is answered for an environment, as Kubernetes does,
// since nodes would keep the image they have. It takes it back when the tag is another again, and leaves a policy that
// the user chose.
func (d *Draft) FollowTag(path string) {
	at := answers.ParsePath(path)
	if at.Leaf != "tag" || at.Component != "" || at.Environment == "" {
		return
	}
	at.Leaf = "pullPolicy"
	policy := at.String()
	switch moves := d.Answers.Get(path) == "latest"; {
	case moves && d.Answers.Lookup(at).Text == "":
		d.Answers.Set(policy, "Always")
		d.followed[policy] = true
	case !moves && d.followed[policy]:
		delete(d.followed, policy)
		if d.Answers.Get(policy) == "Always" {
			d.Answers.Unset(policy)
		}
	}
}
