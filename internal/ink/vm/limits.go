package vm

// What a story may use. A story that goes beyond is stopped with a runtime
// error: it would otherwise never end, or take memory from every other.
const (
	// MaxSteps bounds the work for one line. The busiest lines of real stories
	// take some thousand steps; a million take well below a second.
	MaxSteps = 1_000_000
	// MaxFrames bounds the call stack with all threads and the choices that keep
	// one: deeper is only recursion that does not end.
	MaxFrames = 10_000
	// MaxChoices bounds the choices on offer at once.
	MaxChoices = 1_000
	// MaxString bounds the bytes of one string.
	MaxString = 64 << 10
	// MaxOutput bounds the pieces that a line is made of and the bytes in them:
	// far more than any stage can show, and few enough to be searched often.
	MaxOutput      = 8_000
	MaxOutputBytes = 256 << 10
	// MaxState bounds the bytes of text and list items in a story's state, counted
	// as often as they would be saved: a reading is kept for days, among others.
	MaxState = 2 << 20
	// MaxStack bounds the values that an expression keeps.
	MaxStack = 10_000
	// MaxWarnings bounds the warnings that are kept.
	MaxWarnings = 100
)
