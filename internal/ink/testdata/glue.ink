// input: 1
// Where lines end and where they are joined.
VAR name = "Ann"
VAR mood = 0
Hello <>
{name}<>, 
<> you.
~ mood = mood + 1
{mood}
{mood > 5:
    never
}
- else
A {nothing()}b{nothing()} c.
{lines()}
{lines()} and on
tail of {inner()}, done <>
-> next
== next
{ mood:
- 1: one
- 2: two
- else: other
} 
{mood == 1: yes | no }
"{ "quoted {name}" + "!" }"   spaced   out	tab
\ leading and trailing \ 
* [go] <> glued to choice
- <>
  more <>
  -> END
== function nothing()
~ return
== function lines()
 one
 two
== function inner()
   {"x"}  
== function once_fn()
~ return
