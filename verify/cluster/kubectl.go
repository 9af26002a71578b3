// Package cluster asks a cluster what it says of a namespace, through kubectl. It only reads: the one place that runs
// kubectl knows two commands, "get" and "config view".
package cluster

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"time"
)

// Kubectl is a kubectl program and what it is told of the cluster.
type Kubectl struct {
	program string
	flags   []string // --context and --kubeconfig
	limit   time.Duration
}

// Find finds the program by name or path; "" is kubectl from PATH. The names of a context and of a file of contexts
// are passed on; "" is kubectl's own choice.
func Find(program, kubeContext, kubeconfig string) (*Kubectl, error) {
	name := program
	if name == "" {
		name = "kubectl"
	}
	found, err := exec.LookPath(name)
	if err != nil && program == "" {
		return nil, errors.New("there is no kubectl in PATH: install it (https://kubernetes.io/docs/tasks/tools) " +
			"or name it with --kubectl PATH; without one, give what it would print with --from FILE")
	}
	if err != nil {
		return nil, fmt.Errorf("--kubectl %s: is no program that can be run", program)
	}
	k := &Kubectl{program: found, limit: patience}
	for _, flag := range [][2]string{{"--context", kubeContext}, {"--kubeconfig", kubeconfig}} {
		if flag[1] != "" {
			k.flags = append(k.flags, flag[0], flag[1])
		}
	}
	return k, nil
}

const (
	maxOutput = 64 << 20        // the most that is read of what kubectl prints: a namespace of 1000 pods has some 20 MiB
	patience  = time.Minute     // for one answer; kubectl itself tries an address that is silent for some minutes
	farewell  = 2 * time.Second // how long a kubectl that was told to end may take
)

// FailedError is what kubectl said when it failed. There may be a part of an answer all the same.
type FailedError struct{ Said string }

// Error is what kubectl said.
func (f *FailedError) Error() string {
	if f.Said == "" {
		return "kubectl failed and said nothing"
	}
	return f.Said
}

// get runs "kubectl get … -o json".
func (k *Kubectl) get(ctx context.Context, args ...string) ([]byte, error) {
	return k.run(ctx, append(append([]string{"get"}, args...), "--output", "json")...)
}

// run runs kubectl and returns what it prints, with a *FailedError also what it printed until it failed.
func (k *Kubectl) run(ctx context.Context, args ...string) ([]byte, error) {
	limited, stop := context.WithTimeout(ctx, k.limit)
	defer stop()
	cmd := exec.CommandContext(limited, k.program, append(args, k.flags...)...) //nolint:gosec // no shell is run
	cmd.WaitDelay = farewell
	out, said := &bounded{full: stop}, &bounded{full: stop}
	cmd.Stdout, cmd.Stderr = out, said
	err := cmd.Run()
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case out.over || said.over:
		return nil, fmt.Errorf("%s prints more than %d MiB: is it kubectl?", k.program, maxOutput>>20)
	case limited.Err() != nil:
		return nil, &FailedError{fmt.Sprintf("no answer within %v", k.limit)}
	case err == nil:
		return out.Bytes(), nil
	}
	if _, ran := errors.AsType[*exec.ExitError](err); ran {
		return out.Bytes(), &FailedError{tidy(said.String())}
	}
	return nil, fmt.Errorf("can't run %s: %w", k.program, err)
}

// tidy is kubectl's message without its log lines, which say the same before it gives up.
func tidy(said string) string {
	var out []string
	for line := range strings.Lines(said) {
		line = strings.TrimSpace(line)
		if line == "" || isLog(line) {
			continue
		}
		out = append(out, line)
	}
	return strings.TrimPrefix(strings.Join(out, "\n"), "error: ")
}

// isLog tells the lines of klog: a letter, the date, a clock, and where they come from (k8s.io/klog).
func isLog(line string) bool {
	return len(line) > 5 && strings.ContainsRune("IWEF", rune(line[0])) && strings.Trim(line[1:5], "0123456789") == "" &&
		line[5] == ' ' && strings.Contains(line, "] ")
}

// bounded keeps what is written up to a limit, and calls full behind it.
type bounded struct {
	bytes.Buffer
	over bool
	full func()
}

// Write keeps data, or says that it is too much.
func (b *bounded) Write(data []byte) (int, error) {
	if b.Len()+len(data) > maxOutput {
		b.over = true
		b.full()
		return 0, errors.New("too much")
	}
	return b.Buffer.Write(data)
}
