package discord

import "storyteller/internal/narrate/reading"

// renderNotice says in small print what happened to the reading itself.
func renderNotice(n reading.Notice) []component {
	return []component{text(notice(n))}
}

func notice(n reading.Notice) string {
	by := "The host"
	if isSnowflake(n.By) {
		by = member(n.By)
	}
	switch n.Kind {
	case reading.NoticePaused:
		return small(by + " paused the story. It goes on from here with `/story resume`.")
	case reading.NoticeSilent:
		return small("Nobody voted, so the story waits here. It goes on with `/story resume`.")
	case reading.NoticeResumed:
		if n.By == "" {
			return small("I may post here again, so the story goes on.")
		}
		return small(by + " resumed the story.")
	case reading.NoticeHeard:
		return small("I could not hear you for a while. The vote is open again.")
	case reading.NoticeStopped:
		return small(by + " ended the reading here.")
	case reading.NoticeResult:
		return small("The vote is closed. The room goes on with: " + inline(clip(oneLine(n.Text), maxResult)))
	case reading.NoticeRefused:
		return small("Discord would not take the next message, so the story waits here. `/story resume` tries once more, `/story skip` leaves it out.")
	case reading.NoticeBroke:
		sentence := small("The story has a fault at this point and cannot go on, so the reading ends here.")
		if fault := escape(clip(oneLine(n.Text), maxFault)); fault != "" {
			sentence = lines(sentence, small("For its author: "+fault))
		}
		return sentence
	}
	return small(escape(clip(oneLine(n.Text), maxFault)))
}
