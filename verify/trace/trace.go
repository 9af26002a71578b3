// Package trace reports which programs and hosts a command asks, for people who want to see it (--verbose).
package trace

import (
	"context"
	"fmt"
)

type key struct{}

// With returns a context whose work is reported to report, which must be safe for concurrent use.
func With(ctx context.Context, report func(text string)) context.Context {
	return context.WithValue(ctx, key{}, report)
}

// Report reports what is about to be done. It does nothing in a context without a report.
func Report(ctx context.Context, format string, args ...any) {
	if report, ok := ctx.Value(key{}).(func(string)); ok {
		report(fmt.Sprintf(format, args...))
	}
}
