package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	bolt "go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

// Problem is one thing that is wrong with a file.
type Problem struct {
	Where string // bucket and key, or "pages"
	What  string
	Do    string // what to do about it
}

func (p Problem) String() string { return p.Where + ": " + p.What + "; " + p.Do }

// Census says what a file holds.
type Census struct {
	Live, Past, Entries, Ballots, Bundles, Endings, Notes int
}

// Story opens a bundle, and returns what tries to take up a saved state of its story.
type Story func(bundle []byte) (try func(state []byte) error, err error)

// Examine looks at everything in the file, and reports each problem. It never changes the file, and does not depend on its
// being sound. An *Error says that it cannot be examined: it is not there, or another process holds it (see InUse).
func Examine(ctx context.Context, path string, story Story, report func(Problem)) (Census, error) {
	if err := usable(path); err != nil {
		return Census{}, err
	}
	f, err := os.Open(path)
	if err != nil {
		return Census{}, missing(path, err)
	}
	defer f.Close()
	db, closed, err := hold(path)
	if err != nil {
		return Census{}, err
	}
	defer closed()
	e := &examination{ctx: ctx, story: story, report: report, readings: map[string]*known{}, bundles: map[string]func([]byte) error{}}
	p, err := openPages(f, e.page)
	if err != nil {
		e.page(err)
		return e.census, nil
	}
	if err := e.everything(p); err != nil {
		return e.census, err
	}
	if p.found == 0 {
		e.asAWhole(f, db)
	}
	return e.census, ctx.Err()
}

// hold has bbolt keep others from writing to the file. It gives no bbolt when the file is too damaged for that.
func hold(path string) (*bolt.DB, func(), error) {
	var db *bolt.DB
	err := guard(func() (err error) {
		db, err = bolt.Open(path, 0o600, &bolt.Options{Timeout: LockPatience, ReadOnly: true})
		return err
	})
	if errors.Is(err, bolterrors.ErrTimeout) {
		return nil, nil, explain(path, err)
	}
	if err != nil {
		return nil, func() {}, nil
	}
	return db, func() { _ = guard(db.Close) }, nil
}

// InUse says that the error is about a file that another process holds.
func InUse(err error) bool { return errors.Is(err, bolterrors.ErrTimeout) }

// missing explains why a file cannot be read.
func missing(path string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return &Error{Msg: "there is no database " + path, hint: "name the file that STORYTELLER_DB names", setting: true, Err: err}
	}
	return explain(path, err)
}

const (
	doBackup  = "stop the bot, keep the file, and put a backup in its place"
	doNothing = "nothing has to be done"
)

// page reports a contradiction in the file's pages.
func (e *examination) page(err error) {
	e.report(Problem{Where: "pages", What: err.Error(), Do: doBackup})
}

// asAWhole checks what belongs to no bucket of ours, and that every page is accounted for. Pages that are sound are fit to
// be looked at by bbolt, which has an opinion of its own.
func (e *examination) asAWhole(f *os.File, db *bolt.DB) {
	if err := sound(f); err != nil {
		e.page(err)
		return
	}
	if db == nil {
		return
	}
	if err := guard(func() error {
		return db.View(func(tx *bolt.Tx) error {
			for err := range tx.Check() {
				e.page(err)
			}
			return nil
		})
	}); err != nil {
		e.page(err)
	}
}

// examination is what has been learned of a file so far.
type examination struct {
	ctx      context.Context
	story    Story
	report   func(Problem)
	bare     bool // values have no checksums
	counts   bool // buckets say how many entries they have
	census   Census
	readings map[string]*known
	bundles  map[string]func(state []byte) error // nil for one that cannot be opened
}

// known is what has been learned of a reading.
type known struct {
	live, past bool
	guild      string
	listed     bool // in guilds
	vote       int  // number of the open vote; 0 if there is none
	votes      int  // opened so far
	options    int  // of that vote
	unreadable bool
}

func (e *examination) bad(bucket string, key []byte, do, format string, a ...any) {
	e.report(Problem{Where: fmt.Sprintf("%s %q", bucket, key), What: fmt.Sprintf(format, a...), Do: do})
}

// everything examines every bucket: first what others are measured by.
func (e *examination) everything(p *pages) error {
	trees := map[string]tree{}
	p.walk(p.top(), func(name, _ []byte, sub *tree) {
		if sub == nil {
			e.bad("the file", name, doNothing, "there is an entry outside of all buckets")
			return
		}
		trees[string(name)] = *sub
	})
	if err := e.format(p, trees); err != nil {
		return err
	}
	for _, part := range []struct {
		name    []byte
		examine func(key, payload []byte)
	}{
		{bucketBundles, e.bundle}, {bucketGuilds, e.listed}, {bucketLive, e.liveRecord}, {bucketPast, e.pastRecord},
		{bucketBallots, e.ballot}, {bucketEndings, e.ending}, {bucketLeft, e.leaving}, {bucketMemory, e.note},
	} {
		name := string(part.name)
		if t, found := trees[name]; found {
			e.counted(p, name, t, func(key, value []byte, sub *tree) { e.entry(name, key, value, sub, part.examine) })
		}
		if err := e.ctx.Err(); err != nil {
			return err
		}
	}
	if t, found := trees[string(bucketLog)]; found {
		e.counted(p, string(bucketLog), t, func(id, _ []byte, sub *tree) { e.log(p, id, sub) })
	}
	e.lists()
	return e.ctx.Err()
}

// counted walks a bucket, and checks that it has as many entries as it is to have.
func (e *examination) counted(p *pages, bucket string, t tree, entry func(key, value []byte, sub *tree)) {
	n, before := uint64(0), p.found
	p.walk(t, func(key, value []byte, sub *tree) {
		n++
		entry(key, value, sub)
	})
	if e.counts && n != t.sequence && p.found == before {
		e.bad("the file", []byte(bucket), doBackup, "it has %d entries, and is to have %d", n, t.sequence)
	}
}

// format finds out how the file is laid out.
func (e *examination) format(p *pages, trees map[string]tree) error {
	format := ""
	if meta, found := trees[string(bucketMeta)]; found {
		p.walk(meta, func(key, value []byte, _ *tree) {
			if string(key) == string(keyFormat) {
				format = string(value)
			}
		})
	}
	e.bare, e.counts = format == formatBare, format == Format
	switch {
	case format == Format || format == formatUncounted:
		for _, name := range buckets {
			if _, found := trees[string(name)]; !found && p.found == 0 {
				e.bad("the file", name, doBackup, "a bucket is missing")
			}
		}
	case e.bare:
	case p.found > 0:
		e.bad("meta", keyFormat, doBackup, "it cannot be told which format the file has")
	default:
		return &Error{Msg: fmt.Sprintf("the database has format %q; this bot reads format %s", format, Format), hint: "is it a database of this bot? if so, examine it with the version that wrote it"}
	}
	return nil
}

// entry checks that a value is what was saved, and examines it.
func (e *examination) entry(bucket string, key, value []byte, sub *tree, examine func(key, payload []byte)) {
	if sub != nil {
		e.bad(bucket, key, doNothing, "there is a bucket in place of an entry")
		return
	}
	payload := value
	if !e.bare {
		var err error
		if payload, err = unseal(bucket, key, value); err != nil {
			e.damaged(bucket, key)
			return
		}
	}
	examine(key, payload)
}

// damaged reports a value that is not what was saved, and what comes of it.
func (e *examination) damaged(bucket string, key []byte) {
	do := doBackup
	switch bucket {
	case string(bucketLive), string(bucketPast):
		e.of(key).unreadable = true
		e.of(key).live = bucket == string(bucketLive)
		e.of(key).past = !e.of(key).live
		do = "the bot passes over this reading, and its channel is free for another; a backup has it as it was then"
	case string(bucketBallots):
		do = "it does not count; whoever cast it can press again while the vote is open"
	case string(bucketBundles):
		e.bundles[string(key)] = nil
		do = "readings of this story wait; start the same story in any channel, which keeps it anew, or put a backup in place"
	case string(bucketEndings):
		do = "it is not shown as found until it is found again"
	case string(bucketGuilds):
		do = "it is written anew when the reading goes on"
	case string(bucketLeft), string(bucketMemory):
		do = "the bot notes it anew"
	}
	e.bad(bucket, key, do, "its checksum is wrong")
}

func (e *examination) of(id []byte) *known {
	k := e.readings[string(id)]
	if k == nil {
		k = &known{}
		e.readings[string(id)] = k
	}
	return k
}

// leaving examines the note that the bot left a guild.
func (e *examination) leaving(guild, payload []byte) {
	if _, err := time.Parse(time.RFC3339Nano, string(payload)); err != nil {
		e.bad(string(bucketLeft), guild, "the bot notes it anew", "it is no time: %v", err)
	}
}

// note examines a small note; what is in one is its writer's business, but for the one that is written here.
func (e *examination) note(name, payload []byte) {
	e.census.Notes++
	if string(name) != noteAlive {
		return
	}
	if _, _, err := readAlive(payload); err != nil {
		e.bad(string(bucketMemory), name, "the bot notes it anew", "it is no time: %v", err)
	}
}
