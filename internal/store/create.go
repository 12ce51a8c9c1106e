package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	bolt "go.etcd.io/bbolt"
)

func absent(path string) bool {
	_, err := os.Stat(path)
	return errors.Is(err, fs.ErrNotExist)
}

// create makes a new file. It gets its name when it is whole: one that is empty or half written was destroyed, and must
// not be taken for one that is new. When another process makes one at the same time, either may fail, and one is there.
func create(path string, o Options) error {
	blank := path + ".new"
	if err := remove(blank); err != nil {
		return uncreated(path, err)
	}
	db, err := bolt.Open(blank, 0o600, &bolt.Options{Timeout: LockPatience, NoSync: o.Volatile})
	if err == nil {
		err = db.Close()
	}
	if err == nil {
		if err = os.Link(blank, path); err != nil && absent(path) { // a file system without links
			err = os.Rename(blank, path)
		}
	}
	err = errors.Join(err, remove(blank))
	if err == nil && !o.Volatile {
		err = syncFolder(filepath.Dir(path))
	}
	return uncreated(path, err)
}

// remove removes a file that may be gone.
func remove(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// uncreated explains why there is no new file.
func uncreated(path string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, fs.ErrPermission):
		return &Error{Msg: fmt.Sprintf("this user may not make the database %s", path), hint: "let the user write to its folder, or set STORYTELLER_DB to a file in another one", Err: err}
	}
	return explain(path, err)
}

// syncFolder has the disk keep the names in a folder.
func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
