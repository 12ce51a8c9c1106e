package ink

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/fstest"
)

// The large story is what the engine's speed is measured with: 100 kB in which
// all of the language occurs, and what stories are full of occurs most. It plays
// the same whatever is drawn at random, so that engines with other generators can
// be compared on it.

const (
	largeName = "testdata/large/large.ink"
	largeSize = 100_000
)

// largeHead declares what the chapters use.
const largeHead = `// Made by large_test.go: go test ./internal/ink -run TestLargeStory -update
# title: The long road
# author: nobody
EXTERNAL company()
CONST FAR = 12
CONST GREETING = "Well met"
VAR gold = 10
VAR weary = 0.5
VAR name = "Ann"
VAR brave = true
VAR onward = -> inn
VAR next = -> chapter0
LIST bag = rope, (lamp), map, bread
LIST mood = calm = 1, (wary), scared = 5
LIST weather = (dry), wet
TODO: more dragons
~ SEED_RANDOM(42)
{GREETING}, {name}. You leave with {gold} coins and {bag}.
-> chapter0
`

// largeChapter has %[1]d for its number and %[2]s for where it leads.
const largeChapter = `
/* Chapter %[1]d
   of the road */
=== chapter%[1]d
You come to milestone %[1]d, {name}, with {gold} coins in your purse. # place %[1]d # from {name}
The road is {long|longer|endless}, and the {&wind|rain|fog} does not stop; nobody else is abroad at this hour. {!A raven calls.}
~ gold = gold + %[1]d mod 3
~ temp steps = 0
~ next = -> %[2]s
~ weary += 0.25
{ gold > FAR:
    You feel rich, <>
    and it shows.
- else:
    You feel poor <>
    and cold.
}
{
- mood == scared: Your hands shake.
- weather ? wet and not (bag ? rope): You are soaked.
- brave && %[1]d %% 2 == 0: You whistle.
- else: You walk on. // and on
}
{ mood:
- calm: All is calm.
- wary: You look over your shoulder.
- else: Something is behind you.
}
* [Take the rope] You take the rope.
  ~ bag += rope
  { bag ? rope: It is a good rope. }
* (light%[1]d) Light the lamp[] and look around. # lamp
  The light falls on {LIST_COUNT(LIST_ALL(bag))} things: {LIST_ALL(bag)}.
  * * [Look closer] "{~A map|A map}," you say, "of {LIST_MAX(bag)}."
      ~ bag += (map, bread)
  * * (shy%[1]d) {gold > 3} "Is anyone there?"[] you ask.
      * * * \ Nobody answers.
      * * * -> deep%[1]d
  - - (deep%[1]d) You put it {out|away|back}.
+ {not light%[1]d} {CHOICE_COUNT() < 4} [Wait {a while|some more} # patience]
  You wait. {worth(gold)} {TURNS_SINCE(-> chapter%[1]d)}
  ~ grow(steps, 2)
  Now it is {steps}.
* -> deep%[1]d
- (camp%[1]d) You make camp{camp%[1]d > 1: again}. -> rest("ember", %[1]d) ->
<- visitors(%[1]d)
+ [Go on] -> road
= road
~ temp where = -> inn
{ %[1]d %% 3 == 0:
  -> where ->
- else:
  -> market(%[1]d) ->
}
You count to {count(3)}. {READ_COUNT(-> chapter%[1]d.road)} {TURNS() > 0: Time passes.}
{stopping:
- First light.
- Second light.
}
{shuffle:
- A dog barks.
- A dog barks.
}
{shuffle once:
- An owl, and {cycle: tea|ale}.
}
~ weather = weather ^ LIST_ALL(weather)
~ mood = mood(LIST_VALUE(mood) %% 2 + 1)
{"%[1]d" == "{%[1]d}": It adds up: {POW(2, 3)}, {FLOOR(2.5)}, {CEILING(2.5)}, {INT(weary)}, {FLOAT(3) / 2}, {MIN(gold, 2) + MAX(1, 3) * -1}.}
{LIST_RANGE(LIST_ALL(bag), rope, map)} {LIST_INVERT(bag)} {bag !? bread: No bread.} {mood > calm: {LIST_MIN(mood)}} {RANDOM(4, 4)}
{weather - dry} {LIST_RANDOM(weather)} {company()} of you, {not brave}.
~ bag -= (map, rope)
~ onward = -> inn
-> %[2]s
`

const largeTail = `
=== %s
"The end," {name} says. # ending The end
-> END

=== inn
An inn. {inn > 3: You know the {host|keeper|landlord}.}
{ inn %% 4 == 0: ->-> }
A bed costs {inn mod 5}.
->->

=== market(day)
Market day {day}. { day > 20: "Late," they say. }
-> stall(day, gold) ->
->->

=== stall(day, ref purse)
~ purse = purse - 1
{ purse < 0:
    ~ purse = 10
    ->-> lucky
}
You buy a bun.
->->

=== lucky
A coin lies in the dust.
->->

=== rest(what, day)
The {what} glows. {day mod 7 == 0: -> dream ->}
->->

=== dream
You dream of {&the sea|home|nothing}.
->-> onward

=== visitors(day)
{ day mod 4:
- 0: -> minstrel
- 1: -> guard
}
-> DONE
= minstrel
A minstrel tunes a lute.
+ [Listen] He sings of {name}. # song
  -> chapters_end
= guard
+ {gold > 2} [Pay the guard] You pay.
  ~ gold -= 1
  -> chapters_end
= chapters_end
Then all is quiet. -> onward ->
-> road_on

=== road_on
The night goes by.
-> next

=== function worth(n)
{ n > 5:
  ~ return "much"
}
~ return "little"

=== function grow(ref x, by)
~ x = x + by

=== function count(n)
{ n > 1:
  {count(n - 1)}, <>
}
{n}

=== function company()
~ return 3
`

// largeStory makes the large story.
func largeStory() string {
	var b strings.Builder
	b.WriteString(largeHead)
	n := 0
	for ; b.Len() < largeSize; n++ {
		to := fmt.Sprintf("chapter%d", n+1)
		if b.Len() > largeSize-len(largeChapter)-2*len(largeTail) {
			to = "the_end"
		}
		fmt.Fprintf(&b, largeChapter, n, to)
		if to == "the_end" {
			break
		}
	}
	fmt.Fprintf(&b, largeTail, "the_end")
	return b.String()
}

func TestLargeStory(t *testing.T) {
	source := largeStory()
	if *update {
		if err := os.WriteFile(largeName, []byte(source), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if read(t, largeName) != source {
		t.Errorf("%s is not what largeStory makes: run with -update", largeName)
	}
	if len(source) < largeSize*9/10 || len(source) > largeSize*11/10 {
		t.Errorf("it has %d bytes", len(source))
	}
	s := largeProgram(t).New(1)
	if n, turns := readAll(t, s); n < 800 || turns < 100 {
		t.Errorf("it plays for %d lines and %d turns", n, turns)
	}
}

func largeProgram(t testing.TB) *Program {
	t.Helper()
	p, err := Compile(fstest.MapFS{"s.ink": {Data: []byte(largeStory())}}, "s.ink")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// readAll plays a story to its end, always by another choice, and returns the
// number of lines and of choices.
func readAll(t testing.TB, s *Story) (lines, turns int) {
	for ; ; turns++ {
		for s.CanContinue() {
			if _, err := s.Continue(); err != nil {
				t.Fatal(err)
			}
			lines++
		}
		choices := s.Choices()
		if len(choices) == 0 {
			return lines, turns
		}
		if err := s.Choose(turns % len(choices)); err != nil {
			t.Fatal(err)
		}
	}
}
