package library

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// folder is the folder of one story. Nothing outside it can be read through it: not by "..", not by a symbolic link.
// Links within it work, for that is how some systems mount files. It is an fs.FS for the compiler; what was read once is
// kept, so that all who look at a file see the same bytes.
type folder struct {
	fsys  fs.FS
	read  map[string][]byte
	total int64 // bytes of ink source read
}

func newFolder(fsys fs.FS) *folder {
	return &folder{fsys: fsys, read: make(map[string][]byte)}
}

var (
	errOutside  = errors.New("it leads out of the story's folder")
	errNoFile   = errors.New("it is not a file")
	errTooLarge = errors.New("it is too large")
)

// Open opens a file of the folder.
func (f *folder) Open(name string) (fs.File, error) {
	real, err := f.resolve(name)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return f.fsys.Open(real)
}

// ReadFile reads an ink source; the limits on source apply.
func (f *folder) ReadFile(name string) ([]byte, error) {
	if text, ok := f.read[name]; ok {
		return text, nil
	}
	text, err := f.bounded(name, MaxSourceBytes-f.total)
	if errors.Is(err, errTooLarge) {
		err = fmt.Errorf("%w: the source of a story may have %s", errTooLarge, size(MaxSourceBytes))
	}
	if err != nil {
		return nil, &fs.PathError{Op: "read", Path: name, Err: err}
	}
	f.total += int64(len(text))
	f.read[name] = text
	return text, nil
}

// bounded reads a file of at most most bytes.
func (f *folder) bounded(name string, most int64) ([]byte, error) {
	real, err := f.resolve(name)
	if err != nil {
		return nil, err
	}
	file, err := f.fsys.Open(real)
	if err != nil {
		return nil, reason(err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, reason(err)
	}
	if !info.Mode().IsRegular() {
		return nil, errNoFile
	}
	if info.Size() > most {
		return nil, errTooLarge
	}
	// The file may grow while it is read.
	data, err := io.ReadAll(io.LimitReader(file, most+1))
	if err == nil && int64(len(data)) > most {
		return nil, errTooLarge
	}
	return data, reason(err)
}

// resolve follows symbolic links as long as they stay within the folder, and returns a path without any.
func (f *folder) resolve(name string) (string, error) {
	if !fs.ValidPath(name) || strings.ContainsRune(name, '\\') {
		return "", errOutside
	}
	done, left := ".", strings.Split(name, "/")
	for links := 0; len(left) > 0; {
		next := path.Join(done, left[0])
		left = left[1:]
		info, err := fs.Lstat(f.fsys, next)
		if err != nil {
			return "", reason(err)
		}
		if info.Mode()&fs.ModeSymlink == 0 {
			done = next
			continue
		}
		if links++; links > maxLinks {
			return "", errors.New("too many links lead from one to the next")
		}
		target, err := fs.ReadLink(f.fsys, next)
		if err != nil {
			return "", reason(err)
		}
		if path.IsAbs(target) || !fs.ValidPath(path.Join(done, target)) {
			return "", errOutside
		}
		target = path.Join(done, target)
		done, left = ".", append(strings.Split(target, "/"), left...)
	}
	return done, nil
}

// files lists the files of the folder and of folders within it whose names end in one of the extensions, sorted.
// Hidden ones do not count.
func (f *folder) files(extensions ...string) ([]string, error) {
	var found []string
	err := fs.WalkDir(f.fsys, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case name == ".":
		case strings.HasPrefix(d.Name(), "."), d.IsDir() && strings.Count(name, "/") >= maxFolderDepth:
			if d.IsDir() {
				return fs.SkipDir
			}
		case !d.IsDir() && slices.Contains(extensions, strings.ToLower(path.Ext(name))):
			found = append(found, name)
		}
		return nil
	})
	slices.Sort(found)
	return found, err
}

// reason takes off what a path error says besides the reason: the name is told anyway, and the operator's paths are
// nothing for authors.
func reason(err error) error {
	var at *fs.PathError
	if errors.Is(err, fs.ErrNotExist) {
		return fs.ErrNotExist
	}
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}

// size is a number of bytes for people.
func size(bytes int64) string {
	if bytes >= 1<<20 {
		return fmt.Sprintf("%.3g MiB", float64(bytes)/(1<<20))
	}
	return fmt.Sprintf("%.3g KiB", float64(bytes)/(1<<10))
}
