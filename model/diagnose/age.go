package diagnose

import "fmt"

// lifetimeHours returns the hours of a lifetime such as "12 hours"; 0 when it is not given in hours.
func lifetimeHours(lifetime string) int {
	var hours int
	if _, err := fmt.Sscanf(lifetime, "%d hour", &hours); err != nil {
		return 0
	}
	return hours
}

// formatAge returns an age in hours as text; for NoAge "some time".
func formatAge(hours int) string {
	switch {
	case hours < 0:
		return "some time"
	case hours == 0:
		return "less than an hour"
	case hours == 1:
		return "an hour"
	case hours < 48:
		return fmt.Sprintf("%d hours", hours)
	}
	return fmt.Sprintf("%d days", hours/24)
}
