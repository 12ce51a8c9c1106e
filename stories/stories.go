// Package stories holds the stories that come with the bot, one folder a story.
package stories

import "embed"

// FS has a folder for each story: its ink source and its pictures, but not what those were drawn from. (One pattern
// for every kind of file, for a pattern that matches nothing is an error; it leaves out what begins with s: svg.)
//
//go:embed */*.[^s]*
var FS embed.FS
