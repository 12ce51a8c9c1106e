package discord

import (
	"fmt"
	"strings"
	"time"
)

// count says how many there are of something: "1 vote", "3 votes".
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// span says a duration in words, rounded to what one would say.
func span(d time.Duration) string {
	switch seconds := int(d.Round(time.Second).Seconds()); {
	case seconds < 120:
		return count(seconds, "second", "seconds")
	case seconds < 2*60*60:
		return count((seconds+30)/60, "minute", "minutes")
	default:
		return count((seconds+30*60)/(60*60), "hour", "hours")
	}
}

// relative is a time that each reader's client shows as "in 20 seconds" and keeps up to date.
func relative(at time.Time) string {
	// Rounded up: a vote must not seem over while it is open.
	return fmt.Sprintf("<t:%d:R>", at.Add(time.Second-time.Nanosecond).Unix())
}

// member names a member. It does not ping: no message of ours may.
func member(id string) string {
	if !isSnowflake(id) {
		return "someone"
	}
	return "<@" + id + ">"
}

// small is a line of small print.
func small(line string) string { return "-# " + line }

// lines joins what is not empty.
func lines(list ...string) string {
	kept := list[:0:0]
	for _, line := range list {
		if line != "" {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "\n")
}

// and lists things: "a", "a and b", "a, b and c".
func and(list []string) string {
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	last := len(list) - 1
	return strings.Join(list[:last], ", ") + " and " + list[last]
}
