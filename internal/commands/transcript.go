package commands

import (
	"context"
	"fmt"
	"strings"

	"storyteller/internal/narrate/reading"
)

// MaxTranscript bounds a transcript's bytes: what Discord takes as a file of any server.
const MaxTranscript = 8 << 20

// transcript hands the member the reading as a text to keep.
func (c *Commands) transcript(ctx context.Context, r Request, s reading.State) Reply {
	log, err := c.narrator.Log(ctx, s.ID)
	if err != nil {
		return c.trouble(r, "transcript", err)
	}
	text := Transcript(s, log)
	if len(text) > MaxTranscript {
		text = strings.ToValidUTF8(text[:MaxTranscript], "")
	}
	return Reply{
		Text: "**" + Plain(s.Story.Title) + "**, as it was read here.",
		File: &File{Name: s.Story.ID + ".txt", Body: []byte(text)},
	}
}

// Transcript writes a reading as plain text: what was told, what was voted, how it ended. No member is named in it.
func Transcript(s reading.State, log []reading.Entry) string {
	var b strings.Builder
	b.WriteString(s.Story.Title + "\n")
	if s.Story.Author != "" {
		b.WriteString("by " + s.Story.Author + "\n")
	}
	fmt.Fprintf(&b, "Read on %s\n", s.Started.UTC().Format("2 January 2006"))
	for _, e := range log {
		writeEntry(&b, e)
	}
	return legible(b.String())
}

func writeEntry(b *strings.Builder, e reading.Entry) {
	switch {
	case e.Beat != nil:
		writeBeat(b, e.Beat)
	case e.Vote != nil:
		writeVote(b, e.Vote)
	case e.Ended && e.Ending != "":
		fmt.Fprintf(b, "\nEnding: %s\n", e.Ending)
	case e.Ended && e.Steered == "stopped":
		b.WriteString("\nThe reading was stopped here.\n")
	}
}

func writeBeat(b *strings.Builder, beat *reading.Beat) {
	if beat.Chapter != "" {
		fmt.Fprintf(b, "\n%s\n", strings.ToUpper(beat.Chapter))
	}
	if beat.Image != nil && beat.Image.Alt != "" {
		fmt.Fprintf(b, "\n[Picture: %s]\n", beat.Image.Alt)
	}
	if beat.Text != "" {
		b.WriteString("\n")
		if beat.Speaker != "" {
			b.WriteString(beat.Speaker + ": ")
		}
		b.WriteString(beat.Text + "\n")
	}
}

func writeVote(b *strings.Builder, v *reading.Poll) {
	fmt.Fprintf(b, "\nVote %d\n", v.Number)
	for i, o := range v.Options {
		mark, votes := " ", 0
		if i == v.Chosen {
			mark = ">"
		}
		if i < len(v.Tally) {
			votes = v.Tally[i]
		}
		fmt.Fprintf(b, "%s %s (%s)\n", mark, o.Text, count(votes, "vote", "votes"))
	}
}
