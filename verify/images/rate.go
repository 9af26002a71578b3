package images

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// resets returns when a registry that limits requests can be asked again: by Retry-After (RFC 9110, 10.2.3), by
// GitHub's x-ratelimit-reset (seconds since 1970), by RateLimit-Reset (seconds), or by the window of Docker Hub's
// ratelimit-limit, 100;w=21600.
func resets(h http.Header) string {
	if after := h.Get("Retry-After"); after != "" {
		if seconds, err := strconv.Atoi(after); err == nil {
			return again(seconds)
		}
		if at, err := http.ParseTime(after); err == nil {
			return "ask again after " + clock(at)
		}
	}
	if at, err := strconv.ParseInt(h.Get("X-Ratelimit-Reset"), 10, 64); err == nil {
		return "ask again after " + clock(time.Unix(at, 0))
	}
	if seconds, err := strconv.Atoi(h.Get("Ratelimit-Reset")); err == nil {
		return again(seconds)
	}
	for _, header := range []string{"Ratelimit-Remaining", "Ratelimit-Limit"} {
		_, window, found := strings.Cut(h.Get(header), ";w=")
		if seconds, err := strconv.Atoi(window); found && err == nil {
			return "its limit is per " + span(seconds)
		}
	}
	return "it does not say how long"
}

func again(seconds int) string { return "ask again in " + span(seconds) }

// span formats seconds as 45s, 5m or 1h30m.
func span(seconds int) string {
	text := (time.Duration(max(seconds, 0)) * time.Second).String()
	if strings.HasSuffix(text, "m0s") {
		text = strings.TrimSuffix(text, "0s")
	}
	if strings.HasSuffix(text, "h0m") {
		text = strings.TrimSuffix(text, "0m")
	}
	return text
}

func clock(at time.Time) string { return at.UTC().Format("2006-01-02 15:04:05 UTC") }
