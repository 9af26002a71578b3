package cli

import (
	"errors"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"

	"conductor-registry/model"
	"conductor-registry/ui/plain"
	"conductor-registry/ui/session"
)

// wantsLines tells whether the environment asks for plain lines: ACCESSIBLE, or a terminal that can do no more.
func wantsLines(s Streams) bool {
	if off := []string{"", "0", "false"}; !slices.Contains(off, strings.ToLower(variable(s, "ACCESSIBLE"))) {
		return true
	}
	return variable(s, "TERM") == "dumb" && s.InIsTerminal && s.ErrIsTerminal
}

// runPlain asks line by line, on standard error, until all is written or a signal ends it. Reading a terminal can't be
// interrupted, so that goes on beside.
func runPlain(catalog lazyCatalog, s Streams, o plain.Options, folder *store, keep *keeper) error {
	if err := catalog.load(); err != nil {
		return err
	}
	o.Catalog, o.Store, o.In, o.Talk = catalog.Catalog, folder, s.In, s.Err
	o.ASCII, o.Echo = !speaksUTF8(s), !s.InIsTerminal
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	defer signal.Stop(signals)
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
	case by := <-signals:
		happened := folder.close() + keep.leave(nil)
		fmt.Fprintln(s.Err) // the cursor stands behind a question
		if by == syscall.SIGTERM {
			return exit{exitTerminated, errors.New("ended from outside; " + happened)}
		}
		return exit{exitCancelled, errors.New("cancelled; " + happened)}
	case r := <-results:
		if r.err != nil {
			return unanswered(r.err, folder.close()+keep.leave(nil))
		}
		keep.done()
		return finish(s, r)
	}
}

// unanswered is the exit for questions that did not come to an end.
func unanswered(err error, happened string) error {
	_, isProblems := errors.AsType[model.Problems](err)
	_, isEnd := errors.AsType[plain.EndedError](err)
	switch {
	case errors.Is(err, plain.ErrLeft):
		return exit{exitCancelled, fmt.Errorf("%w; %s", err, happened)}
	case isProblems:
		return exit{exitUsage, err}
	case isEnd:
		return exit{exitUsage, fmt.Errorf("%w; %s", err, happened)}
	}
	return exit{exitFailure, err}
}
