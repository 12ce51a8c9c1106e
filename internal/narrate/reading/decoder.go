package reading

import (
	"bytes"
	"encoding/json"
	"strconv"
	"time"
)

// Decoder decodes many records, as a start does. What readings have in common it decodes once, and they share it:
// evenings with the same story say the same in most places. Its zero value is not ready: use NewDecoder.
//
// It knows the records of its time by heart, and leaves whatever it does not expect to encoding/json, which decides. So a
// field that is new in State needs no line here; it needs one to be quick.
type Decoder struct {
	words    map[string]string
	stories  shared[Story]
	settings shared[Settings]
	options  shared[Option]
	untold   shared[NotTaken]
}

// NewDecoder makes a Decoder. It is for one goroutine.
func NewDecoder() *Decoder {
	return &Decoder{
		words: make(map[string]string), stories: make(shared[Story]), settings: make(shared[Settings]),
		options: make(shared[Option]), untold: make(shared[NotTaken]),
	}
}

// MaxShared bounds how much of each kind a Decoder holds on to: enough for the stories of a large library, and little
// beside the readings themselves.
const MaxShared = 1 << 15

// shared holds decoded values by their JSON.
type shared[T any] map[string]T

func (c shared[T]) decode(value []byte, to *T) bool {
	if known, ok := c[string(value)]; ok {
		*to = known
		return true
	}
	if json.Unmarshal(value, to) != nil {
		return false
	}
	if len(c) < MaxShared {
		c[string(value)] = *to
	}
	return true
}

// word decodes a string that other records have as well.
func (d *Decoder) word(value []byte, to *string) bool {
	known, ok := d.words[string(value)]
	if !ok {
		if known, ok = plain(value); !ok {
			return false
		}
		if len(d.words) < MaxShared {
			d.words[string(value)] = known
		}
	}
	*to = known
	return true
}

// quick decodes a record that looks as expected; false if it does not.
func (d *Decoder) quick(record []byte) (State, bool) {
	var s State
	ok := fields(record, func(key, value []byte) bool { return d.field(&s, string(key), value) })
	return s, ok
}

func (d *Decoder) field(s *State, key string, value []byte) bool {
	switch key {
	case "version":
		return number(value, &s.Version)
	case "revision":
		return unsigned(value, &s.Revision)
	case "id":
		return text(value, &s.ID)
	case "place":
		return fields(value, func(key, value []byte) bool { return d.placeField(&s.Place, string(key), value) })
	case "host":
		return d.word(value, &s.Host)
	case "story":
		return d.stories.decode(value, &s.Story)
	case "program":
		return d.word(value, &s.Program)
	case "seed":
		return unsigned(value, &s.Seed)
	case "settings":
		return d.settings.decode(value, &s.Settings)
	case "started":
		return moment(value, &s.Started)
	case "ink":
		s.Ink = bytes.Clone(value)
		return true
	case "vote":
		s.Vote = new(OpenVote)
		return fields(value, func(key, value []byte) bool { return d.voteField(s.Vote, string(key), value) })
	case "untold":
		return list(value, &s.Untold, d.untold.decode)
	case "readers":
		return list(value, &s.Readers, d.word)
	default:
		return d.progress(s, key, value)
	}
}

// progress decodes how far the reading has come.
func (d *Decoder) progress(s *State, key string, value []byte) bool {
	switch key {
	case "phase":
		return d.word(value, (*string)(&s.Phase))
	case "due":
		return moment(value, &s.Due)
	case "rest":
		return number(value, &s.Rest)
	case "held":
		return json.Unmarshal(value, &s.Held) == nil
	case "queue":
		return json.Unmarshal(value, &s.Queue) == nil
	case "vote_for":
		return number(value, &s.VoteFor)
	case "asks":
		return yes(value, &s.Asks)
	case "ending":
		return d.word(value, &s.Ending)
	case "fault":
		return text(value, &s.Fault)
	case "words":
		return number(value, &s.Words)
	case "beats":
		return number(value, &s.Beats)
	case "votes":
		return number(value, &s.Votes)
	case "keys":
		return number(value, &s.Keys)
	case "card":
		return text(value, &s.Card)
	case "last":
		return text(value, &s.Last)
	case "last_at":
		return moment(value, &s.LastAt)
	case "outbox":
		return json.Unmarshal(value, &s.Outbox) == nil
	default:
		return false
	}
}

func (d *Decoder) placeField(p *Place, key string, value []byte) bool {
	switch key {
	case "guild":
		return d.word(value, &p.Guild)
	case "channel":
		return text(value, &p.Channel)
	default:
		return false
	}
}

func (d *Decoder) voteField(v *OpenVote, key string, value []byte) bool {
	switch key {
	case "number":
		return number(value, &v.Number)
	case "options":
		return list(value, &v.Options, d.options.decode)
	case "for":
		return number(value, &v.For)
	case "left":
		return number(value, &v.Left)
	case "closes":
		return moment(value, &v.Closes)
	case "early":
		return moment(value, &v.Early)
	case "extends":
		return yes(value, &v.Extends)
	case "away":
		return yes(value, &v.Away)
	case "round":
		return d.word(value, (*string)(&v.Round))
	case "key":
		return d.word(value, &v.Key)
	case "message":
		return text(value, &v.Message)
	default:
		return false
	}
}

// plain reads a string that needs no decoding beyond its quotation marks, and leaves the others to encoding/json.
func plain(value []byte) (string, bool) {
	if len(value) < 2 || value[0] != '"' {
		return "", false
	}
	inner := value[1 : len(value)-1]
	for _, c := range inner {
		if c == '\\' || c < ' ' || c > '~' {
			var s string
			err := json.Unmarshal(value, &s)
			return s, err == nil
		}
	}
	return string(inner), true
}

func text(value []byte, to *string) bool {
	s, ok := plain(value)
	*to = s
	return ok
}

func number[T ~int | ~int64](value []byte, to *T) bool {
	n, err := strconv.ParseInt(string(value), 10, 64)
	*to = T(n)
	return err == nil && int64(*to) == n
}

func unsigned(value []byte, to *uint64) bool {
	n, err := strconv.ParseUint(string(value), 10, 64)
	*to = n
	return err == nil
}

func yes(value []byte, to *bool) bool {
	*to = string(value) == "true"
	return *to || string(value) == "false"
}

func moment(value []byte, to *time.Time) bool {
	return len(value) > 0 && value[0] == '"' && to.UnmarshalJSON(value) == nil
}

// list decodes an array, element by element.
func list[T any](value []byte, to *[]T, decode func([]byte, *T) bool) bool {
	n := 0
	if !elements(value, func([]byte) bool { n++; return true }) {
		return false
	}
	*to = make([]T, 0, n)
	return elements(value, func(element []byte) bool {
		var empty T
		*to = append(*to, empty)
		return decode(element, &(*to)[len(*to)-1])
	})
}
