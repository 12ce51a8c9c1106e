package store

import (
	"bytes"
	"encoding/binary"
	"encoding/json"

	"storyteller/internal/narrate/reading"
)

// bundle examines a story as readings run on it.
func (e *examination) bundle(hash, payload []byte) {
	e.census.Bundles++
	try, err := e.story(payload)
	if err != nil {
		e.bad(string(bucketBundles), hash, "readings of this story wait; put a backup in place, or run the version of the bot that kept it", "%v", err)
	}
	e.bundles[string(hash)] = try
}

// listed examines the note that a reading belongs to a guild.
func (e *examination) listed(key, _ []byte) {
	guild, id, found := bytes.Cut(key, []byte{0})
	if !found {
		e.bad(string(bucketGuilds), key, doNothing, "it names no guild and reading")
		return
	}
	k := e.of(id)
	k.guild, k.listed = string(guild), true
}

// record decodes the record of a reading.
func (e *examination) record(bucket []byte, id, payload []byte) (reading.State, bool) {
	k := e.of(id)
	r, err := reading.Decode(payload)
	switch {
	case err != nil:
		k.unreadable = true
		e.bad(string(bucket), id, "the bot passes over this reading; run the version of the bot that wrote it, or put a backup in place", "%v", err)
	case r.ID != string(id):
		k.unreadable = true
		e.bad(string(bucket), id, doBackup, "it is the record of reading %q", r.ID)
	case !e.bare && (!k.listed || k.guild != r.Place.Guild):
		e.bad(string(bucket), id, "it is noted when the reading goes on", "it is not noted that it belongs to guild %s", r.Place.Guild)
	}
	k.guild = r.Place.Guild
	return r, !k.unreadable
}

func (e *examination) liveRecord(id, payload []byte) {
	e.census.Live++
	e.of(id).live = true
	r, ok := e.record(bucketLive, id, payload)
	if !ok {
		return
	}
	e.of(id).votes = r.Votes
	if r.Vote != nil {
		e.of(id).vote, e.of(id).options = r.Vote.Number, len(r.Vote.Options)
	}
	try, kept := e.bundles[r.Program]
	switch {
	case r.Finished():
		e.bad(string(bucketLive), id, "stop the reading", "it is over, and still among the live ones")
	case !kept:
		e.bad(string(bucketLive), id, "the reading waits; put a backup in place, or stop it with /story stop", "its story %.12s is not in the file", r.Program)
	case try != nil && r.Phase != reading.Over && len(r.Ink) > 0:
		if err := try(r.Ink); err != nil {
			e.bad(string(bucketLive), id, "the reading will end with an apology; a backup has it as it was then", "its story cannot be taken up: %v", err)
		}
	}
}

func (e *examination) pastRecord(id, payload []byte) {
	e.census.Past++
	if e.of(id).live {
		e.bad(string(bucketPast), id, doBackup, "the reading is over and live at once")
	}
	e.of(id).past = true
	e.record(bucketPast, id, payload)
}

// ballot examines one ballot. Those of a reading that cannot be read are left in peace.
func (e *examination) ballot(key, payload []byte) {
	e.census.Ballots++
	bucket := string(bucketBallots)
	id, rest, found := bytes.Cut(key, []byte{0})
	if !found || len(rest) < 4 {
		e.bad(bucket, key, doNothing, "it names no reading and vote")
		return
	}
	k, number := e.readings[string(id)], int(binary.BigEndian.Uint32(rest))
	switch {
	case k == nil || !k.live && !k.unreadable:
		e.bad(bucket, key, doNothing, "it belongs to no live reading")
	case k.unreadable:
	case number <= k.votes && number != k.vote: // cast as its vote closed: it is dropped when the reading goes on
	case number != k.vote:
		e.bad(bucket, key, "it goes when the reading goes on", "vote %d of the reading is not open", number)
	case len(payload) != ballotBytes:
		e.bad(bucket, key, "it does not count; whoever cast it can press again while the vote is open", "it has %d bytes, not %d", len(payload), ballotBytes)
	case int(binary.BigEndian.Uint32(payload)) >= k.options:
		e.bad(bucket, key, "it does not count; whoever cast it can press again while the vote is open", "it is for option %d of %d", binary.BigEndian.Uint32(payload)+1, k.options)
	}
}

func (e *examination) ending(key, payload []byte) {
	e.census.Endings++
	if parts := bytes.Split(key, []byte{0}); len(parts) != 3 {
		e.bad(string(bucketEndings), key, doNothing, "it names no guild, story and ending")
		return
	}
	if k := e.readings[string(payload)]; k == nil || !k.live && !k.past {
		e.bad(string(bucketEndings), key, doNothing, "the reading %q that found it is not in the file", payload)
	}
}

// log examines the log of a reading: nothing in it may be missing.
func (e *examination) log(p *pages, id []byte, sub *tree) {
	if sub == nil {
		e.bad(string(bucketLog), id, doNothing, "there is an entry in place of a log")
		return
	}
	switch k := e.readings[string(id)]; {
	case k != nil && (k.live || k.past):
	case k != nil && k.listed:
		e.bad(string(bucketLog), id, doNothing, "the rest of its reading is forgotten")
	default:
		e.bad(string(bucketLog), id, "a reading that has no log waits, as it may be this one; put a backup in place", "it belongs to no reading")
	}
	next, before := uint64(1), p.found
	const do = "the transcript of this reading cannot be shown; a backup may have it whole"
	p.walk(*sub, func(key, value []byte, inner *tree) {
		e.census.Entries++
		name := logName(id)
		if len(key) != 8 || binary.BigEndian.Uint64(key) != next {
			e.bad(name, key, do, "it stands where entry %d is to be", next)
		}
		if len(key) == 8 {
			next = binary.BigEndian.Uint64(key) + 1
		}
		e.entry(name, key, value, inner, func(key, payload []byte) {
			var entry reading.Entry
			if err := json.Unmarshal(payload, &entry); err != nil {
				e.bad(name, key, do, "%v", err)
			}
		})
	})
	if next != sub.sequence+1 && p.found == before {
		e.bad(string(bucketLog), id, do, "%d entries were written, the last one there is %d", sub.sequence, next-1)
	}
}

// lists reports what is listed in guilds and is not there.
func (e *examination) lists() {
	for id, k := range e.readings {
		if k.listed && !k.live && !k.past {
			e.bad(string(bucketGuilds), joined(k.guild, id), doNothing, "the reading is not in the file")
		}
	}
}
