package fakediscord

import (
	"strconv"
	"time"
)

const (
	// discordEpoch is the first millisecond of 2015, where snowflakes begin.
	discordEpoch = 1420070400000
	// snowflakeTimeShift is how many low bits of a snowflake are not time.
	snowflakeTimeShift = 22
)

// clockSkew is how far Discord's clock runs ahead of one that shows a time
// before Discord existed; zero for any other.
func clockSkew(now time.Time) time.Duration {
	if now.UnixMilli() > discordEpoch {
		return 0
	}
	return time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC).Sub(now)
}

// newID makes a snowflake later than every earlier one.
func (s *Server) newID() string {
	id := uint64(s.Now().UnixMilli()-discordEpoch) << snowflakeTimeShift
	s.lastID = max(id, s.lastID+1)
	return strconv.FormatUint(s.lastID, 10)
}

// newGuildID makes a snowflake whose time part no other has, so that guilds
// made at one moment fall on different shards.
func (s *Server) newGuildID() string {
	s.lastID += 1 << snowflakeTimeShift
	s.lastID = s.lastID >> snowflakeTimeShift << snowflakeTimeShift
	return s.newID()
}

// idNumber is the number of a snowflake, 0 if it is none.
func idNumber(id string) uint64 {
	n, err := strconv.ParseUint(id, 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// idTime is when a snowflake was made, in Discord's time.
func idTime(id string) time.Time {
	return time.UnixMilli(int64(idNumber(id)>>snowflakeTimeShift) + discordEpoch)
}

// timestamp is Discord's way to write a time.
func timestamp(t time.Time) string {
	return t.UTC().Format("2006-01-02T15:04:05.000000-07:00")
}
