package ir

// Command is an instruction to the runtime.
type Command uint8

// The commands; the comment is the name in the JSON.
const (
	EvalStart      Command = iota // ev: content goes to the evaluation stack
	EvalOutput                    // out: pop a value and write it
	EvalEnd                       // /ev: content goes to the output again
	Duplicate                     // du: x -> x x
	Pop                           // pop: x ->
	ReturnFunction                // ~ret
	ReturnTunnel                  // ->->: pops Void or a DivertTarget
	BeginString                   // str: output is collected
	EndString                     // /str: and pushed as one string
	Nop                           // nop
	ChoiceCount                   // choiceCnt: push the number of choices so far
	Turns                         // turn: push the number of turns
	TurnsSince                    // turns: target -> turns since it was visited
	ReadCountOf                   // readc: target -> number of visits
	Random                        // rnd: min max -> number
	SeedRandom                    // srnd: seed -> Void
	VisitIndex                    // visit: push visits to this container, less one
	ShuffleIndex                  // seq: visits elements -> element to show
	StartThread                   // thread: the next divert runs as a thread
	Done                          // done: this flow ends on purpose
	End                           // end: the story ends
	ListFromInt                   // listInt: list-name number -> list
	ListRange                     // range: list min max -> list
	ListRandom                    // lrnd: list -> one item
	BeginTag                      // #
	EndTag                        // /#

	numCommands = int(EndTag) + 1
)

var commandNames = [numCommands]string{
	EvalStart: "ev", EvalOutput: "out", EvalEnd: "/ev", Duplicate: "du", Pop: "pop",
	ReturnFunction: "~ret", ReturnTunnel: "->->", BeginString: "str", EndString: "/str",
	Nop: "nop", ChoiceCount: "choiceCnt", Turns: "turn", TurnsSince: "turns",
	ReadCountOf: "readc", Random: "rnd", SeedRandom: "srnd", VisitIndex: "visit",
	ShuffleIndex: "seq", StartThread: "thread", Done: "done", End: "end",
	ListFromInt: "listInt", ListRange: "range", ListRandom: "lrnd",
	BeginTag: "#", EndTag: "/#",
}

// String returns the command's name in the JSON.
func (c Command) String() string {
	if int(c) < numCommands {
		return commandNames[c]
	}
	return "unknown command"
}

// Native is an operator or built-in function on values. Operands are popped,
// the result is pushed.
type Native uint8

// The operators and functions; the comment is the name in the JSON where it is
// not plain.
const (
	Add        Native = iota
	Subtract          // -
	Divide            // /
	Multiply          // *
	Mod               // %
	Negate            // _
	Equal             // ==
	Greater           // >
	Less              // <
	GreaterEq         // >=
	LessEq            // <=
	NotEqual          // !=
	Not               // !
	And               // &&
	Or                // ||
	Min               // MIN
	Max               // MAX
	Pow               // POW
	Floor             // FLOOR
	Ceiling           // CEILING
	ToInt             // INT
	ToFloat           // FLOAT
	Has               // ?
	HasNot            // !?
	Intersect         // L^ ("^" begins a string)
	ListMin           // LIST_MIN
	ListMax           // LIST_MAX
	ListAll           // LIST_ALL
	ListCount         // LIST_COUNT
	ListValue         // LIST_VALUE
	ListInvert        // LIST_INVERT

	numNatives = int(ListInvert) + 1
)

var nativeNames = [numNatives]string{
	Add: "+", Subtract: "-", Divide: "/", Multiply: "*", Mod: "%", Negate: "_",
	Equal: "==", Greater: ">", Less: "<", GreaterEq: ">=", LessEq: "<=", NotEqual: "!=",
	Not: "!", And: "&&", Or: "||", Min: "MIN", Max: "MAX", Pow: "POW",
	Floor: "FLOOR", Ceiling: "CEILING", ToInt: "INT", ToFloat: "FLOAT",
	Has: "?", HasNot: "!?", Intersect: "L^",
	ListMin: "LIST_MIN", ListMax: "LIST_MAX", ListAll: "LIST_ALL",
	ListCount: "LIST_COUNT", ListValue: "LIST_VALUE", ListInvert: "LIST_INVERT",
}

// String returns the function's name as authors write it.
func (n Native) String() string {
	switch {
	case n == Intersect:
		return "^"
	case n == Negate:
		return "-"
	case int(n) < numNatives:
		return nativeNames[n]
	}
	return "unknown function"
}

// Args returns how many operands the function takes: 1 or 2.
func (n Native) Args() int {
	switch n {
	case Negate, Not, Floor, Ceiling, ToInt, ToFloat,
		ListMin, ListMax, ListAll, ListCount, ListValue, ListInvert:
		return 1
	}
	return 2
}

// words maps every plain word of the format to its object.
var words = func() map[string]Object {
	m := map[string]Object{
		"<>": Glue{}, "void": Void{}, "\n": Newline,
	}
	for c, name := range commandNames {
		m[name] = Command(c)
	}
	for n, name := range nativeNames {
		m[name] = Native(n)
	}
	return m
}()
