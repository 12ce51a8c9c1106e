package discord

import "storyteller/internal/narrate/reading"

// renderBeat shows story text: the chapter it opens, its picture, who speaks, what is said.
func renderBeat(b reading.Beat, l look) []component {
	var tree []component
	head := ""
	if chapter := escape(clip(oneLine(b.Chapter), maxChapter)); chapter != "" {
		head = "## " + chapter
	}
	if b.Image != nil && b.Image.File != "" {
		if head != "" {
			tree, head = append(tree, text(head)), ""
		}
		tree = append(tree, showPicture(*b.Image, l))
	}
	if speaker := escape(clip(oneLine(b.Speaker), maxSpeaker)); speaker != "" && !blank(b.Text) {
		head = lines(head, "**"+speaker+"**")
	}
	if words := lines(head, prose(b.Text)); words != "" || len(tree) == 0 {
		tree = append(tree, text(clipWeight(words, roomBeside(tree))))
	}
	return tree
}

// roomBeside is the weight that a further Text Display may have.
func roomBeside(tree []component) int {
	const perDisplay = 5 // Discord counts some bytes more for each
	room := maxText - perDisplay
	walk(tree, func(c *component) {
		if c.Content != "" {
			room -= weight(c.Content) + perDisplay
		}
	})
	return room
}
