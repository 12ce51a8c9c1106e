package discord

import (
	"path"
	"strings"

	"storyteller/internal/cue"
	"storyteller/internal/narrate"
)

// look says what a rendering may use. Where Discord refuses a message for one of these, it is shown without: the story
// goes on, and nothing that matters is in them alone.
type look struct {
	picture bool // show the picture, not what it shows in words
	emoji   bool // put the author's emoji on buttons
}

// render turns what the core wants shown into components. Whatever the message holds, the result keeps Discord's limits.
func render(p narrate.Posting, l look) []component {
	m := p.Message
	switch {
	case m.Card != nil:
		return renderCard(p.Reading, p.Story, *m.Card, l)
	case m.Beat != nil:
		return renderBeat(*m.Beat, l)
	case m.Poll != nil:
		return renderPoll(p.Reading, p.Story, *m.Poll, l)
	case m.Notice != nil:
		return renderNotice(*m.Notice)
	case m.Ending != nil:
		return renderEnding(p.Reading, p.Story, *m.Ending, p.Ending)
	}
	return nil
}

// pictureOf is the picture that a message shows, if it shows one.
func pictureOf(p narrate.Posting) (cue.Picture, bool) {
	switch m := p.Message; {
	case m.Card != nil && p.Story.Cover.File != "":
		return p.Story.Cover, true
	case m.Beat != nil && m.Beat.Image != nil && m.Beat.Image.File != "":
		return *m.Beat.Image, true
	}
	return cue.Picture{}, false
}

// fileName is what a picture is called in the message. It depends on the picture alone, so that an edit finds the file
// that came with the first message.
func fileName(p cue.Picture) string {
	ending := strings.ToLower(path.Ext(p.File))
	switch ending {
	case ".png", ".jpg", ".jpeg", ".gif", ".webp":
		return "picture" + ending
	}
	return "picture.png"
}

// showPicture is the picture itself, or what it shows in words.
func showPicture(p cue.Picture, l look) component {
	if l.picture {
		return gallery("attachment://"+fileName(p), p.Alt)
	}
	return text(pictureInWords(p))
}

func pictureInWords(p cue.Picture) string {
	alt := escape(clip(oneLine(p.Alt), maxInlineAlt))
	if alt == "" {
		return small("A picture belongs here that cannot be shown.")
	}
	return small("Picture: " + alt)
}
