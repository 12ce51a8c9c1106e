package library

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// Library is all stories that can be started. It is safe for concurrent use.
type Library struct {
	sources []Source
	reload  sync.Mutex // one at a time
	shelf   atomic.Pointer[shelf]
}

// Source is a place where stories are: a folder of story folders.
type Source struct {
	Name string // for messages
	FS   fs.FS
}

// Problem is why a story is not in the library, or what is doubtful about one that is.
type Problem struct {
	Source   string   // its name
	ID       string   // of the story; empty when the source itself is meant
	Findings Findings // never empty
}

// shelf is the library at one moment.
type shelf struct {
	byTitle []*Story
	byID    map[string]*Story
	folded  map[string][]string // by id: what can be typed to find the story
}

// New makes a library of the stories in the sources. It is empty until Reload.
func New(sources ...Source) *Library {
	l := &Library{sources: slices.Clone(sources)}
	l.shelf.Store(newShelf(nil))
	return l
}

// Reload reads all sources anew, and returns what is wrong with them. Stories with an Error are left out, and so is one
// whose id an earlier source has. Stories that were handed out before stay as they are. When the context ends first,
// the library stays as it is.
func (l *Library) Reload(ctx context.Context) []Problem {
	l.reload.Lock()
	defer l.reload.Unlock()
	var jobs []*job
	var problems []Problem
	for _, source := range l.sources {
		ids, findings := Folders(source.FS)
		if len(findings) > 0 {
			problems = append(problems, Problem{Source: source.Name, Findings: findings})
		}
		for _, id := range ids {
			jobs = append(jobs, &job{source: source, id: id})
		}
	}
	if err := loadAll(ctx, jobs); err != nil {
		return append(problems, Problem{Findings: Findings{{Msg: fmt.Sprintf("the stories were not read to the end: %v", err)}}})
	}
	stories := make(map[string]*Story)
	from := make(map[string]string)
	for _, j := range jobs {
		// A story that cannot be told holds its id too: another of that id must not slip into its place.
		if first, twice := from[j.id]; twice {
			j.story = nil
			j.findings = Findings{{
				Msg: fmt.Sprintf("%s has a story %q already; this one is left out", first, j.id), Hint: "rename one of the two folders",
			}}
		} else {
			from[j.id] = j.source.Name
		}
		if j.story != nil && len(stories) >= MaxStories {
			j.story = nil
			j.findings = Findings{{Msg: fmt.Sprintf("the library is full: it has %d stories", MaxStories)}}
		}
		if len(j.findings) > 0 {
			problems = append(problems, Problem{Source: j.source.Name, ID: j.id, Findings: j.findings})
		}
		if j.story != nil {
			stories[j.id] = j.story
		}
	}
	l.shelf.Store(newShelf(stories))
	return problems
}

// job is a story to be read.
type job struct {
	source   Source
	id       string
	story    *Story
	findings Findings
}

// loadAll reads stories, several at once.
func loadAll(ctx context.Context, jobs []*job) error {
	var group sync.WaitGroup
	free := make(chan struct{}, runtime.GOMAXPROCS(0))
	for _, j := range jobs {
		select {
		case free <- struct{}{}:
		case <-ctx.Done():
		}
		if ctx.Err() != nil {
			break
		}
		group.Go(func() {
			defer func() { <-free }()
			j.load()
		})
	}
	group.Wait()
	return ctx.Err()
}

func (j *job) load() {
	folder, err := fs.Sub(j.source.FS, j.id)
	if err != nil {
		j.findings.add(Error, place{}, "", "the folder cannot be read: %v", reason(err))
		return
	}
	j.story, j.findings = Load(folder, j.id)
}

// storyID is what a folder of a story may be called: it is part of commands, records and file names.
var storyID = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,63}$`)

// Folders lists the story folders in a folder of stories, sorted. Hidden ones, and those that begin with an underscore,
// are no stories. Of folders that cannot be taken, the findings tell.
func Folders(fsys fs.FS) ([]string, Findings) {
	var findings Findings
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		hint := ""
		if errors.Is(err, fs.ErrNotExist) {
			hint = "make the folder, or name another"
		}
		findings.add(Error, place{}, hint, "the folder of stories cannot be read: %v", reason(err))
		return nil, findings
	}
	var ids []string
	for _, entry := range entries {
		name := entry.Name()
		switch {
		case strings.HasPrefix(name, "."), strings.HasPrefix(name, "_"):
		case !isFolder(fsys, entry):
		case !storyID.MatchString(name):
			findings.add(Error, place{file: name}, "use lower-case letters, digits, - and _, at most 64 of them", "the folder cannot be a story's name")
		case len(ids) == MaxStories:
			findings.add(Error, place{file: name}, "", "there are more than %d stories; the rest is left out", MaxStories)
			return ids, findings
		default:
			ids = append(ids, name)
		}
	}
	return ids, findings
}

// isFolder says whether an entry is a folder, or a link to one. Where the link may lead, the file system decides.
func isFolder(fsys fs.FS, entry fs.DirEntry) bool {
	if entry.Type()&fs.ModeSymlink == 0 {
		return entry.IsDir()
	}
	info, err := fs.Stat(fsys, entry.Name())
	return err == nil && info.IsDir()
}

// All returns all stories, by title. The list is the caller's.
func (l *Library) All() []*Story {
	return slices.Clone(l.shelf.Load().byTitle)
}

// Story returns the story of that id.
func (l *Library) Story(id string) (*Story, bool) {
	s, ok := l.shelf.Load().byID[id]
	return s, ok
}
