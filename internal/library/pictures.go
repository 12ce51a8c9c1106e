package library

import (
	"bytes"
	"errors"
	"io/fs"
	"path"
	"strings"
	"unicode/utf8"

	"storyteller/internal/cue"
)

// readPictures reads the pictures that tags name; where a tag computes the name, all that there are.
func (d *draft) readPictures() {
	d.story.Pictures = make(map[string][]byte)
	var total int64
	read := func(name string, at place) {
		if d.pictures[name] {
			return
		}
		d.pictures[name] = true
		data, msg, hint := d.readPicture(name)
		if msg == "" && (total+int64(len(data)) > MaxPicturesSize || len(d.story.Pictures) >= MaxPictures) {
			msg, hint = "the story has too many pictures", "at most "+size(MaxPicturesSize)+" in all"
		}
		if msg != "" {
			d.findings.add(Error, at, hint, "%s", msg)
			return
		}
		total += int64(len(data))
		d.story.Pictures[name] = data
	}
	computed := false
	for _, t := range tags(d.sources) {
		switch {
		case t.name != "image" && t.name != "cover":
		case t.dynamic:
			computed = true
		case checkPicture(t.value) == nil:
			p := cue.ParsePicture(t.value)
			d.lintAlt(p, t.place)
			read(p.File, t.place)
		}
	}
	d.computed = computed
	if !computed {
		return
	}
	all, err := d.folder.files(pictureTypes...)
	if err != nil {
		d.findings.add(Error, place{file: d.main}, "", "the folder cannot be read: %v", reason(err))
	}
	for _, name := range all {
		read(name, place{file: name})
	}
}

// readPicture returns the bytes of a picture, or what is wrong with it and what to do.
func (d *draft) readPicture(name string) (data []byte, msg, hint string) {
	data, err := d.folder.bounded(name, MaxPictureBytes)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, "the picture " + quote(name) + " is missing", "put it into the story's folder, or remove the tag"
	case errors.Is(err, errTooLarge):
		return nil, "the picture " + quote(name) + " is too large", "at most " + size(MaxPictureBytes) + " can be sent"
	case err != nil:
		return nil, "the picture " + quote(name) + " cannot be read: " + err.Error(), ""
	case !holdsPicture(name, data):
		return nil, quote(name) + " does not hold what its name says", "save the picture as " + strings.ToUpper(strings.TrimPrefix(path.Ext(name), "."))
	}
	return data, "", ""
}

// lintAlt says what is wrong with the words for a picture.
func (d *draft) lintAlt(p cue.Picture, at place) {
	const hint = `say behind a bar what the picture shows, for those who cannot see it: "cat.png \| A cat asleep on a chair"`
	switch n := utf8.RuneCountInString(p.Alt); {
	case n == 0:
		d.findings.add(Warning, at, hint, "the picture %s has no alt text", quote(p.File))
	case n > MaxAlt:
		d.findings.add(Error, at, "make it shorter", "the alt text of %s has %d characters; at most %d can be shown", quote(p.File), n, MaxAlt)
	}
}

// lintUnused names pictures that are in the folder for nothing.
func (d *draft) lintUnused() {
	all, err := d.folder.files(pictureTypes...)
	if err != nil || d.computed {
		return
	}
	for _, name := range all {
		if !d.pictures[name] {
			d.findings.add(Note, place{file: name}, "", "no tag shows this picture")
		}
	}
}

// holdsPicture says whether the first bytes are those of the type that the name promises.
func holdsPicture(name string, data []byte) bool {
	begins := func(magic string) bool { return bytes.HasPrefix(data, []byte(magic)) }
	switch strings.ToLower(path.Ext(name)) {
	case ".png":
		return begins("\x89PNG\r\n\x1a\n")
	case ".jpg", ".jpeg":
		return begins("\xff\xd8\xff")
	case ".gif":
		return begins("GIF87a") || begins("GIF89a")
	case ".webp":
		return begins("RIFF") && len(data) >= 12 && string(data[8:12]) == "WEBP"
	}
	return false
}
