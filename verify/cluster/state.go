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

// kinds is what one request asks for. Secrets are asked for separately: only pull secrets, and those that pods name.
const kinds = "pods,events,serviceaccounts,replicasets.apps,deployments.apps"

// RefusedError says that the user may not list the pods, without which nothing can be diagnosed.
type RefusedError struct{ What, Said, Namespace string }

// Error returns what was refused and which rights to ask for.
func (r *RefusedError) Error() string {
	return fmt.Sprintf("you may not list %s in namespace %s, and diagnose needs them\n"+
		"%s\nhint: ask for the verbs get and list on pods, events, secrets, serviceaccounts, deployments and replicasets "+
		"there; or let someone with access run: conductor-registry diagnose -n %s --save state.json (saves no password)",
		r.What, r.Namespace, r.Said, r.Namespace)
}

// Read returns the state of a namespace; "" is that of kubectl's context. Kinds that the user may not list are left
// out and named in the state; for pods the error is a *RefusedError.
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

// asked returns the context and its namespace. A kubectl without a configuration, such as one in a pod, has neither.
func (k *Kubectl) asked(ctx context.Context, namespace string) (diagnose.Asked, error) {
	asked := diagnose.Asked{Namespace: namespace}
	data, err := k.run(ctx, "config", "view", "--minify", "--output", "json")
	if _, failed := errors.AsType[*failedError](err); err != nil && !failed {
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

// forbidden matches kubectl's refusal of one kind. The resource can have a group behind a dot.
var forbidden = regexp.MustCompile(`\(Forbidden\): ([a-z]+)[a-z.]*(?: "[^"]*")? is forbidden: (.*)`)

// objects returns objects, and the refusals by kind.
func (k *Kubectl) objects(ctx context.Context, args ...string) (*diagnose.State, map[string]string, error) {
	refused := map[string]string{}
	data, err := k.get(ctx, args...)
	failed, isFailure := errors.AsType[*failedError](err)
	if err != nil && !isFailure {
		return nil, nil, err
	}
	if isFailure {
		for line := range strings.Lines(failed.Said) {
			match := forbidden.FindStringSubmatch(strings.TrimSpace(line))
			if match == nil {
				return nil, nil, fmt.Errorf("cannot ask the cluster: kubectl says: %w", failed)
			}
			refused[match[1]] = match[2]
		}
		if len(refused) == 0 {
			return nil, nil, fmt.Errorf("cannot ask the cluster: %w", failed)
		}
	}
	state, err := diagnose.Read(data)
	if err != nil {
		return nil, nil, fmt.Errorf("cannot read what kubectl prints: %w", err)
	}
	return state, refused, nil
}

// exists returns an error for a namespace that does not exist. One that the user may not read counts as existing.
func (k *Kubectl) exists(ctx context.Context, asked diagnose.Asked) error {
	_, err := k.get(ctx, "namespace/"+asked.Namespace)
	failed, ok := errors.AsType[*failedError](err)
	switch {
	case ok && strings.Contains(failed.Said, "(NotFound)"):
		of := ""
		if asked.Context != "" {
			of = " of the context " + asked.Context
		}
		return fmt.Errorf("namespace %s not found in the cluster%s\nhint: list them with: kubectl get namespaces",
			asked.Namespace, of)
	case ok:
		return nil
	}
	return err
}

// secrets adds the pull secrets of the namespace, then the other secrets that pods name, then those of these names in
// other namespaces.
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

// askable returns names of secrets as kubectl takes them: secret/NAME. Invalid names are left out: the API server
// accepts any name in a pod, and one could be a flag.
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

// Age sets how old each secret is at a time.
func Age(state *diagnose.State, now time.Time) {
	for i := range state.Secrets {
		written, err := time.Parse(time.RFC3339, state.Secrets[i].Written())
		if err == nil && !now.Before(written) {
			state.Secrets[i].Hours = int(now.Sub(written).Hours())
		}
	}
}

// AgeOfFile does the same for a saved state: at the time that it names, or that of its newest object.
func AgeOfFile(state *diagnose.State) {
	for _, stamp := range []string{state.Asked.Taken, state.Newest()} {
		if now, err := time.Parse(time.RFC3339, stamp); err == nil {
			Age(state, now)
			return
		}
	}
}
