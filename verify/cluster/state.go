package cluster

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"strings"
	"time"

	"conductor-registry/model/diagnose"
)

// kinds are what is asked for at once. Secrets are asked for apart: only pull secrets, and those that pods name.
const kinds = "pods,events,serviceaccounts,replicasets.apps,deployments.apps"

// RefusedError says that the cluster does not let the user see what nothing can be said without.
type RefusedError struct{ What, Said, Namespace string }

// Error says what was refused and what is to be asked for.
func (r *RefusedError) Error() string {
	return fmt.Sprintf("the cluster does not let you list %s in the namespace %s, and without them nothing can be said\n"+
		"%s\nhint: ask for the verbs get and list on pods, events, secrets, serviceaccounts, deployments and replicasets "+
		"there; or have someone who may run: conductor-registry diagnose -n %s --save state.json, which holds no password",
		r.What, r.Namespace, r.Said, r.Namespace)
}

// Read asks for all that is looked at in a namespace; "" is the one of kubectl's context. What was refused is left out
// and said in the state, as long as pods may be seen.
func Read(ctx context.Context, k *Kubectl, namespace string, now time.Time) (*diagnose.State, error) {
	asked, err := k.asked(ctx, namespace)
	if err != nil {
		return nil, err
	}
	asked.Taken = now.UTC().Format(time.RFC3339)
	state, refused, err := k.objects(ctx, kinds, "--namespace="+asked.Namespace)
	if err != nil {
		return nil, err
	}
	asked.Refused = refused
	if said, ok := refused["pods"]; ok {
		return nil, &RefusedError{"pods", said, asked.Namespace}
	}
	state.Asked = asked
	if state.Empty() {
		if err := k.exists(ctx, asked); err != nil {
			return nil, err
		}
	}
	if err := k.secrets(ctx, state); err != nil {
		return nil, err
	}
	if len(state.Asked.Refused) == 0 {
		state.Asked.Refused = nil
	}
	Age(state, now)
	return state, nil
}

// asked is the context and its namespace. A kubectl without a configuration, such as one in a pod, has neither.
func (k *Kubectl) asked(ctx context.Context, namespace string) (diagnose.Asked, error) {
	asked := diagnose.Asked{Namespace: namespace}
	data, err := k.run(ctx, "config", "view", "--minify", "--output", "json")
	if _, failed := errors.AsType[*FailedError](err); err != nil && !failed {
		return asked, err
	}
	var config struct {
		Current  string `json:"current-context"`
		Contexts []struct{ Context struct{ Namespace string } }
	}
	if err == nil && json.Unmarshal(data, &config) == nil {
		asked.Context = config.Current
		if len(config.Contexts) > 0 && namespace == "" {
			asked.Namespace = config.Contexts[0].Context.Namespace
		}
	}
	if asked.Namespace == "" {
		asked.Namespace = "default"
	}
	return asked, nil
}

// forbidden is how kubectl words a refusal of one kind. The resource may have a group behind a dot.
var forbidden = regexp.MustCompile(`\(Forbidden\): ([a-z]+)[a-z.]*(?: "[^"]*")? is forbidden: (.*)`)

// objects asks for objects. What was refused is told by kind.
func (k *Kubectl) objects(ctx context.Context, args ...string) (*diagnose.State, map[string]string, error) {
	refused := map[string]string{}
	data, err := k.get(ctx, args...)
	failed, isFailure := errors.AsType[*FailedError](err)
	if err != nil && !isFailure {
		return nil, nil, err
	}
	if isFailure {
		for line := range strings.Lines(failed.Said) {
			match := forbidden.FindStringSubmatch(strings.TrimSpace(line))
			if match == nil {
				return nil, nil, fmt.Errorf("the cluster can't be asked: kubectl says: %w", failed)
			}
			refused[match[1]] = match[2]
		}
		if len(refused) == 0 {
			return nil, nil, fmt.Errorf("the cluster can't be asked: %w", failed)
		}
	}
	state, err := diagnose.Read(data)
	if err != nil {
		return nil, nil, fmt.Errorf("what kubectl prints can't be read: %w", err)
	}
	return state, refused, nil
}

// exists tells a namespace without pods from one that there is not. One that may not be looked at is taken to be there.
func (k *Kubectl) exists(ctx context.Context, asked diagnose.Asked) error {
	_, err := k.get(ctx, "namespace/"+asked.Namespace)
	failed, ok := errors.AsType[*FailedError](err)
	switch {
	case ok && strings.Contains(failed.Said, "(NotFound)"):
		of := ""
		if asked.Context != "" {
			of = " of the context " + asked.Context
		}
		return fmt.Errorf("there is no namespace %s in the cluster%s; kubectl get namespaces lists them", asked.Namespace, of)
	case ok:
		return nil
	}
	return err
}

// secrets asks for the pull secrets of the namespace, then for those that pods name and that are none, and for those
// that are missing elsewhere.
func (k *Kubectl) secrets(ctx context.Context, state *diagnose.State) error {
	namespace := state.Asked.Namespace
	const times = "--show-managed-fields" // when a secret was last written
	found, refused, err := k.objects(ctx, "secrets", "--namespace="+namespace, times,
		"--field-selector=type=kubernetes.io/dockerconfigjson")
	if err != nil {
		return err
	}
	state.Add(found)
	if missing := askable(state.Missing()); len(missing) > 0 {
		named, not, err := k.objects(ctx, append(missing, "--namespace="+namespace, times, "--ignore-not-found")...)
		if err != nil {
			return err
		}
		state.Add(named)
		if said, ok := refused["secrets"]; ok && len(not) == 0 {
			not = map[string]string{"other secrets": said}
		}
		refused = not
	}
	maps.Copy(state.Asked.Refused, refused)
	if state.Asked.Refused["secrets"] != "" {
		return nil
	}
	for _, name := range askable(state.Missing()) {
		_, name, _ = strings.Cut(name, "/")
		elsewhere, _, err := k.objects(ctx, "secrets", "--all-namespaces", "--field-selector=metadata.name="+name)
		if err != nil {
			return err
		}
		state.Add(elsewhere)
	}
	return nil
}

// askable are names of secrets as kubectl takes them: secret/NAME. One that no Secret can have is not asked for; the
// API server takes any name in a pod.
func askable(names []string) []string {
	valid := regexp.MustCompile(`^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$`)
	var out []string
	for _, name := range names {
		if valid.MatchString(name) {
			out = append(out, "secret/"+name)
		}
	}
	return out
}

// Age says how old each secret is at a time.
func Age(state *diagnose.State, now time.Time) {
	for i := range state.Secrets {
		written, err := time.Parse(time.RFC3339, state.Secrets[i].Written())
		if err == nil && !now.Before(written) {
			state.Secrets[i].Hours = int(now.Sub(written).Hours())
		}
	}
}

// AgeOfFile is Age for what was saved: at the time that it says, or that of the newest thing in it.
func AgeOfFile(state *diagnose.State) {
	for _, stamp := range []string{state.Asked.Taken, state.Newest()} {
		if now, err := time.Parse(time.RFC3339, stamp); err == nil {
			Age(state, now)
			return
		}
	}
}
