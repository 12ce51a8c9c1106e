package library

import "slices"

// playerFunctions are the functions that a story may ask the bot for.
var playerFunctions = []string{"readers", "reader", "lead", "votes_for_last", "unanimous"}

// lintExternals says which EXTERNAL functions cannot be called. Each needs an ink function of the same name, which also
// lets the story run in any other player.
func (d *draft) lintExternals() {
	functions := make(map[string]bool)
	for _, s := range d.sources {
		for name := range s.functions {
			functions[name] = true
		}
	}
	for _, s := range d.sources {
		for _, e := range s.externals {
			known := slices.Contains(playerFunctions, e.name)
			switch {
			case !functions[e.name]:
				d.findings.add(Error, e.place, "write what it gives elsewhere: \"=== function "+e.name+"\"",
					"the external function %q has no ink function to fall back on", e.name)
			case !known:
				d.findings.add(Note, e.place, "", "the bot has no function %q: the ink function of that name is used", e.name)
			}
		}
	}
}
