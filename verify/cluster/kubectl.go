// Package cluster asks a cluster for the state of a namespace, through kubectl. It only reads: the commands that it
// runs are "get" and "config view".
package cluster

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"conductor-registry/verify/program"
)

// Kubectl is a kubectl program and the flags that choose the cluster.
type Kubectl struct {
	path  string
	flags []string // --context and --kubeconfig

	// Waiting is called while kubectl does not answer, after each Interval: what it was asked, and for how long. It is
	// never called after Read has returned; nil reports nothing.
	Waiting  func(asked string, since time.Duration)
	Interval time.Duration // default one second
}

// Find finds kubectl by name or path; "" is kubectl from PATH. Context and kubeconfig are passed on; "" is kubectl's
// own choice.
func Find(given, kubeContext, kubeconfig string) (*Kubectl, error) {
	path, err := program.Find(given, "kubectl", "install it (https://kubernetes.io/docs/tasks/tools) or pass its path: "+
		"--kubectl PATH; without kubectl, pass its output: --from FILE")
	if err != nil {
		return nil, err
	}
	k := &Kubectl{path: path}
	for _, flag := range [][2]string{{"--context", kubeContext}, {"--kubeconfig", kubeconfig}} {
		if flag[1] != "" {
			k.flags = append(k.flags, flag[0], flag[1])
		}
	}
	return k, nil
}

// answerTimeout bounds one answer: kubectl itself waits some minutes for an address that does not answer.
const answerTimeout = time.Minute

// failedError is a kubectl that failed. It can have printed a part of an answer all the same.
type failedError struct{ Said string } // what kubectl printed

// Error returns what kubectl printed.
func (e *failedError) Error() string {
	if e.Said == "" {
		return "kubectl failed without a message"
	}
	return program.Indented(e.Said)
}

// get runs "kubectl get … -o json".
func (k *Kubectl) get(ctx context.Context, args ...string) ([]byte, error) {
	return k.run(ctx, append(append([]string{"get"}, args...), "--output", "json")...)
}

// run runs kubectl and returns what it prints; with a *failedError also what it printed until it failed.
func (k *Kubectl) run(ctx context.Context, args ...string) ([]byte, error) {
	limited, stop := context.WithTimeout(ctx, answerTimeout)
	defer stop()
	stopReporting := k.reportWaiting(args)
	defer stopReporting()
	out, err := program.Run(limited, k.path, nil, append(args, k.flags...)...)
	switch failed, isFailure := errors.AsType[*program.FailedError](err); {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case limited.Err() != nil:
		return nil, &failedError{fmt.Sprintf("no answer within %v", answerTimeout)}
	case isFailure:
		return out, &failedError{withoutLog(failed.Said)}
	}
	return out, err
}

// reportWaiting calls Waiting until the function that it returns is called.
func (k *Kubectl) reportWaiting(args []string) (stop func()) {
	if k.Waiting == nil {
		return func() {}
	}
	asked := strings.Join(args[:min(2, len(args))], " ")
	ticker, done := time.NewTicker(cmp.Or(k.Interval, time.Second)), make(chan struct{})
	var running sync.WaitGroup
	running.Go(func() {
		for start := time.Now(); ; {
			select {
			case <-done:
				return
			case now := <-ticker.C:
				k.Waiting(asked, now.Sub(start))
			}
		}
	})
	return func() {
		ticker.Stop()
		close(done)
		running.Wait()
	}
}

// withoutLog returns kubectl's message without its log lines, which repeat it.
func withoutLog(said string) string {
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

// isLog reports whether a line is from klog: a letter, the date, the time and the source (k8s.io/klog).
func isLog(line string) bool {
	return len(line) > 5 && strings.ContainsRune("IWEF", rune(line[0])) && strings.Trim(line[1:5], "0123456789") == "" &&
		line[5] == ' ' && strings.Contains(line, "] ")
}
