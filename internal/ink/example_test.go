package ink_test

import (
	"fmt"
	"os"
	"strings"
	"testing/fstest"

	"storyteller/internal/ink"
)

// files makes a folder with one story.
func files(source string) fstest.MapFS {
	return fstest.MapFS{"story.ink": {Data: []byte(source)}}
}

// must is the value of a call that does not fail in the examples after the first; that one shows what is done about errors.
func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func Example() {
	program, err := ink.Compile(files(`
The kettle sings. # sound kettle
* [Pour] You pour the tea.
* [Wait] You wait.
- The end.
-> END
`), "story.ink")
	if err != nil {
		fmt.Println(err)
		return
	}
	story := program.New(1)
	for {
		for story.CanContinue() {
			line, err := story.Continue()
			if err != nil {
				fmt.Println(err)
				return
			}
			fmt.Println(line.Text, line.Tags)
		}
		choices := story.Choices()
		if len(choices) == 0 {
			break
		}
		for _, c := range choices {
			fmt.Println(c.Index, c.Text)
		}
		if err := story.Choose(0); err != nil {
			fmt.Println(err)
			return
		}
	}
	// Output:
	// The kettle sings. [sound kettle]
	// 0 Pour
	// 1 Wait
	// You pour the tea. []
	// The end. []
}

func ExampleErrors() {
	_, err := ink.Compile(files("-> nowhere\n{oops}\n"), "story.ink")
	if errs, ok := err.(ink.Errors); ok {
		for _, e := range errs {
			fmt.Println(e.Line, e.Severity)
		}
	}
	// Output:
	// 1 error
	// 2 error
}

func ExampleStory_Save() {
	program := must(ink.Compile(files("One.\nTwo.\n-> END\n"), "story.ink"))
	story := program.New(1)
	fmt.Println(must(story.Continue()).Text)

	story = must(program.Load(story.Save()))
	fmt.Println(must(story.Continue()).Text)
	// Output:
	// One.
	// Two.
}

func ExampleStory_Bind() {
	program := must(ink.Compile(files(`
EXTERNAL share(pot, name)
Each of you gets {share(10, "gold")}.
-> END
== function share(pot, name)
~ return "nothing"
`), "story.ink"))
	story := program.New(1)
	err := story.Bind("share", func(args []any) (any, error) {
		pot, err := ink.Arg[float64](args, 0)
		if err != nil {
			return nil, err
		}
		name, err := ink.Arg[string](args, 1)
		if err != nil {
			return nil, err
		}
		return fmt.Sprintf("%.1f %s", pot/4, name), nil
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(must(story.Continue()).Text)
	// Output: Each of you gets 2.5 gold.
}

func ExampleStory_Observe() {
	program := must(ink.Compile(files(`
VAR gold = 10
You pay.
~ gold -= 3
~ gold -= 1
The door opens.
-> END
`), "story.ink"))
	story := program.New(1)
	err := story.Observe("gold", func(name string, value any) { fmt.Println(name, "is", value) })
	if err != nil {
		fmt.Println(err)
		return
	}
	for story.CanContinue() {
		fmt.Println(must(story.Continue()).Text)
	}
	// Output:
	// You pay.
	// gold is 6
	// The door opens.
}

func ExampleStory_SetVariable() {
	program := must(ink.Compile(files(`
VAR name = "nobody"
LIST bag = (rope), lamp
{name} has {bag}.
-> END
`), "story.ink"))
	story := program.New(1)
	bag, _ := story.Variable("bag")
	for _, item := range bag.(ink.List) {
		fmt.Println(item.Name, item.Value)
	}
	if err := story.SetVariable("name", "Ann"); err != nil {
		fmt.Println(err)
	}
	if err := story.SetVariable("bag", ink.List{{List: "bag", Name: "lamp"}}); err != nil {
		fmt.Println(err)
	}
	fmt.Println(must(story.Continue()).Text)
	// Output:
	// rope 1
	// Ann has lamp.
}

func ExampleProgram_LoadEdited() {
	before := must(ink.Compile(files("VAR gold = 5\n-> inn\n== inn\nAn inn.\n+ [Stay] You stay. -> END\n"), "story.ink"))
	after := must(ink.Compile(files("VAR gold = 9\nVAR luck = 1\n-> inn\n== inn\nA cosy inn.\n+ [Stay] You stay, with {luck} luck. -> END\n"), "story.ink"))
	story := before.New(1)
	fmt.Println(must(story.Continue()).Text)

	story = must(after.LoadEdited(story.Save()))
	if err := story.Choose(0); err != nil {
		fmt.Println(err)
	}
	fmt.Println(must(story.Continue()).Text)
	// Output:
	// An inn.
	// You stay, with 1 luck.
}

func ExamplePlay() {
	program := must(ink.Compile(files("Left or right?\n+ Left\n+ Right\n- You went. # gone\n-> END\n"), "story.ink"))
	if err := ink.Play(program, 1, strings.NewReader("2\n"), os.Stdout, false); err != nil {
		fmt.Println(err)
	}
	// Output:
	// Left or right?
	//
	// 1: Left
	// 2: Right
	// ?> Right
	// You went.
	// # tags: gone
}
