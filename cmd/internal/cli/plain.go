package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/ui/plain"
	"conductor-registry/ui/session"
)

// needsLines reports whether the environment asks for line prompts: ACCESSIBLE, or a simple terminal.
func needsLines(s Streams) bool {
	return isOn(s, "ACCESSIBLE") || variable(s, "TERM") == "dumb" && s.InIsTerminal && s.ErrIsTerminal
}

// isOn reports whether a variable is set to anything but 0 and false.
func isOn(s Streams, name string) bool {
	return !slices.Contains([]string{"", "0", "false"}, strings.ToLower(variable(s, name)))
}

// runPlain asks line by line on standard error, until the files are written or a signal ends it. It reads in the
// background, because reading a terminal cannot be interrupted.
func runPlain(catalog *answers.Catalog, s Streams, o plain.Options, folder *store, unfinished *sessionFile) error {
	if err := catalog.Load(); err != nil {
		return err
	}
	o.Catalog, o.Store, o.In, o.Talk = catalog, folder, s.In, s.Err
	o.ASCII, o.Echo = !takesUTF8(s), !s.InIsTerminal
	ended := make(chan struct{})
	watch := watchSignals(func() { close(ended) })
	type result struct {
		session.Delivery
		err error
	}
	results := make(chan result, 1)
	go func() {
		d, err := plain.Run(o)
		results <- result{d, err}
	}()
	select {
	case <-ended:
		happened := folder.close() + unfinished.leave(nil)
		fmt.Fprintln(s.Err) // the cursor is behind a question
		return watch.err(happened)
	case r := <-results:
		if r.err != nil {
			return unanswered(r.err, folder.close()+unfinished.leave(nil))
		}
		unfinished.remove()
		return finish(s, &r)
	}
}

// unanswered returns the error of questions that were not finished.
func unanswered(err error, happened string) error {
	_, isProblems := errors.AsType[model.Problems](err)
	_, isEnd := errors.AsType[plain.EndedError](err)
	switch {
	case errors.Is(err, plain.ErrCancelled):
		return exit{exitCancelled, fmt.Errorf("%w; %s", err, happened)}
	case isProblems:
		return exit{exitUsage, err}
	case isEnd:
		return exit{exitUsage, fmt.Errorf("%w; %s", err, happened)}
	}
	return exit{exitFailure, err}
}
