package diagnose

import (
	"fmt"
	"strconv"
	"strings"
)

// lifetimeHours is a lifetime such as "12 hours" as a number; 0 when it is not told in hours.
func lifetimeHours(lifetime string) int {
	number, unit, _ := strings.Cut(lifetime, " ")
	n, err := strconv.Atoi(number)
	if err != nil || !strings.HasPrefix(unit, "hour") {
		return 0
	}
	return n
}

// spoken is an age as people say it.
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
