package reading

import (
	"encoding/json"
	"fmt"
)

// Version is the number of the record's format. Raise it when a record written by this code would be misread by the
// code before it, or the other way round; what reads the old format then goes into Decode.
const Version = 1

// Encode writes the record of a reading: JSON, without the ballots of an open vote.
func Encode(s State) ([]byte, error) {
	return json.Marshal(s)
}

// Decode reads a record that Encode wrote. A record of another version, or one that cannot be true, is an error.
func Decode(record []byte) (State, error) {
	return NewDecoder().Decode(record)
}

// Decode reads a record that Encode wrote. A record of another version, or one that cannot be true, is an error.
func (d *Decoder) Decode(record []byte) (State, error) {
	s, ok := d.quick(record)
	if !ok {
		s = State{}
		if err := json.Unmarshal(record, &s); err != nil {
			return State{}, fmt.Errorf("the record of the reading is damaged: %w", err)
		}
	}
	if s.Version != Version {
		return State{}, fmt.Errorf("the record of the reading has format %d; this bot reads format %d", s.Version, Version)
	}
	if err := s.Check(); err != nil {
		return State{}, fmt.Errorf("the record of the reading is damaged: %w", err)
	}
	return s, nil
}

// ProgramOf reads out of a record which story the reading needs, without decoding the rest.
func ProgramOf(record []byte) (string, error) {
	program, ok := "", false
	each := func(key, value []byte) bool {
		if string(key) != "program" {
			return true
		}
		program, ok = plain(value)
		return false
	}
	if fields(record, each); ok {
		return program, nil
	}
	s, err := Decode(record)
	return s.Program, err
}
