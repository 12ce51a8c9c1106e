// Package commands says what each slash command and button is and does: names, options, permissions and every word that a
// member reads in answer. It takes a plain Request and gives a plain Reply; how these travel is not its business.
package commands

// Definition is a subcommand of /story as it is to be registered.
type Definition struct {
	Name        string
	Description string
	Options     []Option
}

// Option is one argument of a subcommand.
type Option struct {
	Name        string
	Description string
	Type        OptionType
	Required    bool
	Complete    bool     // the bot completes it while it is typed
	Choices     []Choice // the only values; none means any
	Min, Max    float64  // Whole, Decimal: bounds, both inclusive
}

// OptionType says what values an option takes.
type OptionType int

// What people type as a value.
const (
	Text OptionType = iota
	Whole
	Decimal
)

// Group is the name of the command that all subcommands belong to, and GroupDescription what is said of it.
const (
	Group            = "story"
	GroupDescription = "Read a story together: it is told in beats, and the room votes on how it goes on."
)
