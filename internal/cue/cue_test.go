package cue

import "testing"

func TestSplit(t *testing.T) {
	for tag, want := range map[string][2]string{
		"beat": {"beat", ""}, "pause 4s": {"pause", "4s"}, "pause: 4s": {"pause", "4s"}, "Pause :4s": {"pause", "4s"},
		"ending: The End: again": {"ending", "The End: again"}, "image a.png | A dog": {"image", "a.png | A dog"}, "": {"", ""},
	} {
		if name, value := Split(tag); name != want[0] || value != want[1] {
			t.Errorf("Split(%q) = %q, %q; want %q", tag, name, value, want)
		}
	}
}

func TestParsePicture(t *testing.T) {
	for value, want := range map[string]Picture{
		"a.png | A dog": {"a.png", "A dog"}, "a.png": {File: "a.png"}, "a.png|x|y": {"a.png", "x|y"}, "": {},
	} {
		if got := ParsePicture(value); got != want {
			t.Errorf("ParsePicture(%q) = %+v, want %+v", value, got, want)
		}
	}
}
