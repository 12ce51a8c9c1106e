package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	bolt "go.etcd.io/bbolt"

	"storyteller/internal/library"
	"storyteller/internal/narrate/reading"
)

// problems examines the file.
func problems(t testing.TB, path string) []string {
	t.Helper()
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	if _, err := Examine(t.Context(), path, library.OpenStates, func(p Problem) {
		if p.Where == "" || p.What == "" || p.Do == "" {
			t.Errorf("a problem says too little: %+v", p)
		}
		all = append(all, p.String())
	}); err != nil {
		all = append(all, "error: "+err.Error())
	}
	if after, err := os.ReadFile(path); err != nil || !slices.Equal(before, after) {
		t.Errorf("the file was changed: %v", err)
	}
	return all
}

// current is a file of today's format with a reading in the middle of a vote and one that is over.
func current(t testing.TB) string {
	t.Helper()
	path := format1(t)
	s, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.LeftGuild(t.Context(), "g9", start); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestNothingIsWrongWithASoundFile(t *testing.T) {
	for name, path := range map[string]string{"format 1": format1(t), "format 2": format2(t), "format 3": current(t)} {
		if got := problems(t, path); len(got) > 0 {
			t.Errorf("%s: %s", name, strings.Join(got, "\n"))
		}
	}
	// Many readings take branches, lists of free pages, and values of several pages.
	s, path := openStore(t)
	_, r := voting(t, "1")
	r.Story.Blurb = strings.Repeat("long ", 5000)
	for i := range 300 {
		r.ID = fmt.Sprint(1000 + i)
		r.Place.Channel = r.ID
		if err := s.Save(t.Context(), r, []reading.Entry{{At: start, By: "anna"}}); err != nil {
			t.Fatal(err)
		}
	}
	s.Close()
	got := problems(t, path)
	if len(got) != 300 || !strings.Contains(got[0], "its story") {
		t.Errorf("%d problems, the first %q; want 300 stories that are not there", len(got), got[0])
	}
}

// Every kind of damage is told, with bucket and key.
func TestWhatIsWrongIsTold(t *testing.T) {
	id := func(tx *bolt.Tx, bucket []byte) (k, v []byte) { return tx.Bucket(bucket).Cursor().First() }
	record := func(tx *bolt.Tx, change func(*reading.State)) error {
		k, v := id(tx, bucketLive)
		r, err := reading.Decode(v[:len(v)-sumBytes])
		if err != nil {
			return err
		}
		change(&r)
		text, err := reading.Encode(r)
		if err != nil {
			return err
		}
		return shelfOf(tx, bucketLive).put(slices.Clone(k), text)
	}
	ballot := func(tx *bolt.Tx, reading string, number int, value []byte) error {
		return shelfOf(tx, bucketBallots).put(append(ballotPrefix(reading, number), "zoe"...), value)
	}
	for _, c := range []struct {
		name, says string
		do         func(tx *bolt.Tx) error
	}{
		{"a bundle is gone", `live "200": its story`, func(tx *bolt.Tx) error {
			k, _ := id(tx, bucketBundles)
			return tx.Bucket(bucketBundles).Delete(slices.Clone(k))
		}},
		{"a bundle is not one", "bundles ", func(tx *bolt.Tx) error {
			k, _ := id(tx, bucketBundles)
			return shelfOf(tx, bucketBundles).put(slices.Clone(k), []byte("nonsense"))
		}},
		{"a record is not one", `live "200": the record`, func(tx *bolt.Tx) error { return shelfOf(tx, bucketLive).put([]byte("200"), []byte("{}")) }},
		{"a record of another", `live "200": it is the record of reading "201"`, func(tx *bolt.Tx) error {
			return record(tx, func(r *reading.State) { r.ID = "201" })
		}},
		{"a record that cannot be true", `live "200": the record`, func(tx *bolt.Tx) error {
			return record(tx, func(r *reading.State) { r.Vote = nil })
		}},
		{"a state of no story", `live "200": its story cannot be taken up`, func(tx *bolt.Tx) error {
			return record(tx, func(r *reading.State) { r.Ink = []byte(`{"nothing":1}`) })
		}},
		{"another guild", `live "200": it is not noted`, func(tx *bolt.Tx) error {
			return record(tx, func(r *reading.State) { r.Place.Guild = "g300" })
		}},
		{"live and past", `past "200": the reading is over and live at once`, func(tx *bolt.Tx) error {
			_, v := id(tx, bucketLive)
			return shelfOf(tx, bucketPast).put([]byte("200"), slices.Clone(v[:len(v)-sumBytes]))
		}},
		{"a ballot of nobody", `ballots "300\x00\x00\x00\x00\x01zoe": it belongs to no live reading`, func(tx *bolt.Tx) error { return ballot(tx, "300", 1, make([]byte, ballotBytes)) }},
		{"a ballot of another vote", `vote 7 of the reading is not open`, func(tx *bolt.Tx) error { return ballot(tx, "200", 7, make([]byte, ballotBytes)) }},
		{"a ballot for no option", `it is for option 3 of 2`, func(tx *bolt.Tx) error {
			return ballot(tx, "200", 1, append(binary.BigEndian.AppendUint32(nil, 2), make([]byte, 8)...))
		}},
		{"a short ballot", `it has 3 bytes, not 12`, func(tx *bolt.Tx) error { return ballot(tx, "200", 1, []byte("abc")) }},
		{"a flipped ballot", `zoe": its checksum is wrong`, func(tx *bolt.Tx) error {
			return tx.Bucket(bucketBallots).Put(append(ballotPrefix("200", 1), "zoe"...), make([]byte, ballotBytes+sumBytes))
		}},
		{"an entry of a log is gone", `log/100 "\x00\x00\x00\x00\x00\x00\x00\x03": it stands where entry 2 is to be`, func(tx *bolt.Tx) error {
			return tx.Bucket(bucketLog).Bucket([]byte("100")).Delete(binary.BigEndian.AppendUint64(nil, 2))
		}},
		{"the end of a log is gone", `log "100": `, func(tx *bolt.Tx) error {
			log := tx.Bucket(bucketLog).Bucket([]byte("100"))
			k, _ := log.Cursor().Last()
			return log.Delete(slices.Clone(k))
		}},
		{"an entry that is none", `log/100 `, func(tx *bolt.Tx) error {
			return logOf(tx, []byte("100")).put(binary.BigEndian.AppendUint64(nil, 2), []byte("no JSON"))
		}},
		{"a log of nobody", `log "300": it belongs to no reading`, func(tx *bolt.Tx) error {
			_, err := tx.Bucket(bucketLog).CreateBucket([]byte("300"))
			return err
		}},
		{"an ending of nobody", `endings "g\x00tale\x00Gone": the reading "300"`, func(tx *bolt.Tx) error {
			return shelfOf(tx, bucketEndings).put(joined("g", "tale", "Gone"), []byte("300"))
		}},
		{"an ending without a name", `endings "g": it names`, func(tx *bolt.Tx) error { return shelfOf(tx, bucketEndings).put([]byte("g"), []byte("100")) }},
		{"a guild of nobody", `guilds "g\x00300": the reading is not in the file`, func(tx *bolt.Tx) error { return placeInGuild(tx, "g", "300") }},
		{"a damaged note", `memory "identifies": its checksum is wrong`, func(tx *bolt.Tx) error { return tx.Bucket(bucketMemory).Put([]byte("identifies"), []byte("[]")) }},
		{"no time", `memory "alive": it is no time`, func(tx *bolt.Tx) error { return shelfOf(tx, bucketMemory).put([]byte("alive"), []byte("now")) }},
		{"no time of leaving", `left "g9": it is no time`, func(tx *bolt.Tx) error { return shelfOf(tx, bucketLeft).put([]byte("g9"), []byte("now")) }},
		{"a bucket has lost an entry", `the file "guilds": it has 2 entries, and is to have 3`, func(tx *bolt.Tx) error {
			guilds := tx.Bucket(bucketGuilds)
			return guilds.SetSequence(guilds.Sequence() + 1)
		}},
		{"a bucket is gone", `the file "endings": a bucket is missing`, func(tx *bolt.Tx) error { return tx.DeleteBucket(bucketEndings) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := current(t)
			db, err := bolt.Open(path, 0o600, nil)
			if err != nil {
				t.Fatal(err)
			}
			if err := db.Update(c.do); err != nil {
				t.Fatal(err)
			}
			db.Close()
			if got := strings.Join(problems(t, path), "\n"); !strings.Contains(got, c.says) {
				t.Errorf("it says\n%s\nwant %s", got, c.says)
			}
		})
	}
}

func TestAFileInUseIsNotExamined(t *testing.T) {
	s, path := openStore(t)
	if _, err := Examine(t.Context(), path, library.OpenStates, func(Problem) {}); !InUse(err) {
		t.Errorf("while it is open: %v", err)
	}
	s.Close()
	if _, err := Examine(t.Context(), path, library.OpenStates, func(Problem) {}); err != nil {
		t.Errorf("after that: %v", err)
	}
	var known *Error
	if _, err := Examine(t.Context(), filepath.Join(t.TempDir(), "none"), library.OpenStates, nil); !errors.As(err, &known) || known.Hint() == "" {
		t.Errorf("no file: %v", err)
	}
}

// Whatever bytes have flipped and wherever the file is cut: it is examined, and opened or refused in words; nothing
// panics, hangs, or ends the process. What was changed where something lies is told.
func FuzzDamagedFiles(f *testing.F) {
	whole, err := os.ReadFile(current(f))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(uint32(5), byte(1), uint32(0), byte(0), uint32(len(whole)))
	f.Add(uint32(8192), byte(255), uint32(8200), byte(3), uint32(len(whole)))
	f.Add(uint32(0), byte(0), uint32(0), byte(0), uint32(10000))
	f.Fuzz(func(t *testing.T, at uint32, with byte, at2 uint32, with2 byte, size uint32) {
		text := slices.Clone(whole)
		text[int(at)%len(text)] ^= with
		text[int(at2)%len(text)] ^= with2
		text = text[:int(size)%(len(text)+1)]
		path := filepath.Join(t.TempDir(), "damaged.db")
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		found := problems(t, path)
		s, err := Open(path, Options{Volatile: true})
		if err != nil {
			var known *Error
			if !errors.As(err, &known) || known.Hint() == "" {
				t.Errorf("it is refused with %q, without a hint", err)
			}
			if len(found) == 0 && len(text) > 0 {
				t.Errorf("it is refused, and nothing was found wrong with it: %v", err)
			}
			return
		}
		defer s.Close()
		damaged := false
		if err := s.Live(t.Context(), func(_ string, r reading.State, err error) {
			damaged = damaged || err != nil
			if err == nil && r.Check() != nil {
				t.Error("a reading that cannot be true is live")
			}
		}); err != nil {
			damaged = true
		}
		if damaged && len(found) == 0 {
			t.Error("a reading cannot be read, and nothing was found wrong")
		}
		for _, id := range []string{"100", "200"} {
			_, _ = s.Log(t.Context(), id)
			_, _, _ = s.Past(t.Context(), id)
		}
		_ = s.Sweep(t.Context())
		_, _ = s.Guilds(t.Context())
	})
}
