// Package ink compiles and plays stories written in ink, inkle's language for
// branching narrative, version 1.2 of it.
//
// A story is compiled from source with Compile, or read from ink's own compiled
// form with LoadProgram. The Program is immutable; each reading of it is a Story:
//
//	program, err := ink.Compile(os.DirFS("stories/tea"), "tea.ink")
//	story := program.New(seed)
//	for story.CanContinue() {
//		line, err := story.Continue()
//		...
//	}
//	for _, choice := range story.Choices() { ... }
//	err = story.Choose(0)
//
// Between any two calls the story can be saved, and later be loaded to go on
// exactly as it would have.
//
// The package is pure: equal programs, seeds and choices give equal readings. It
// reads no clock and no file but those of the fs.FS it is given. Chance comes from
// the seed alone; RANDOM, LIST_RANDOM and shuffles draw from the generator that
// .NET's System.Random is when it has a seed, as inkle's runtime does, so that
// SEED_RANDOM has the same effect in both.
//
// A host reads and sets variables with Variable and SetVariable, is told of their
// changes with Observe, and lends the story functions with Bind. The examples show
// each. README.md, beside the source, tells how it works inside.
//
// Where the reference runtimes differ from each other, this package follows the
// C# one: numbers are 32 bits, whole numbers divide to whole numbers, and floats
// print with the shortest digits that read back the same.
package ink
