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
	program, err := ink.Compile(files("One.\nTwo.\n-> END\n"), "story.ink")
	if err != nil {
		fmt.Println(err)
		return
	}
	story := program.New(1)
	line, _ := story.Continue()
	fmt.Println(line.Text)

	story, err = program.Load(story.Save())
	if err != nil {
		fmt.Println(err)
		return
	}
	line, _ = story.Continue()
	fmt.Println(line.Text)
	// Output:
	// One.
	// Two.
}

func ExampleStory_Bind() {
	program, err := ink.Compile(files(`
EXTERNAL readers()
{readers()} of you are here.
-> END
== function readers()
~ return 1
`), "story.ink")
	if err != nil {
		fmt.Println(err)
		return
	}
	story := program.New(1)
	if err := story.Bind("readers", func([]any) (any, error) { return 5, nil }); err != nil {
		fmt.Println(err)
		return
	}
	line, _ := story.Continue()
	fmt.Println(line.Text)
	// Output: 5 of you are here.
}

func ExamplePlay() {
	program, err := ink.Compile(files("Left or right?\n+ Left\n+ Right\n- You went. # gone\n-> END\n"), "story.ink")
	if err != nil {
		fmt.Println(err)
		return
	}
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
