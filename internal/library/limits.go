package library

// How large stories may be. A story is held in memory whole, and is kept whole with every reading of it.
const (
	MaxStories       = 1000                // in the library: an index for a channel, not an archive
	MaxSourceBytes   = 4 << 20             // ink source of one story, all files: twenty times a long novel-game
	MaxCompiledBytes = 16 * MaxSourceBytes // a compiled story is some times as large as its source
	MaxSources       = 500                 // ink files of one story
	MaxPictureBytes  = 8 << 20             // one picture: what every Discord server takes as an attachment
	MaxPicturesSize  = 64 << 20            // all pictures of one story
	MaxPictures      = 500                 // of one story
	maxLinks         = 8                   // symbolic links that lead from one to the next
	maxFolderDepth   = 4                   // folders within a story's folder that are looked into
)

// What can be shown.
const (
	MaxTitle   = 100  // characters: with its author it has to fit into one line of a list
	MaxBlurb   = 300  // characters: a title card is no book cover's back
	MaxWarning = 300  // characters, as MaxBlurb
	MaxAlt     = 1024 // characters: Discord's limit for the description of a picture
	MaxChoice  = 300  // characters of one choice
	MaxFork    = 3000 // characters of all choices of a fork: Discord shows 4000 in one message, the rest is for markup
	MaxName    = 100  // characters of a chapter, an ending, a speaker
)
