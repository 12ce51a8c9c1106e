// Content that leads nowhere.
TODO: write more of this // TODO "write more of this"
-> one
=== one
The end. // WARNING "apparent loose end: the flow runs out here in knot 'one'"
= two
* a // WARNING "apparent loose end: the flow runs out here in stitch 'one.two'"
* b -> DONE
* {true} c
  text // WARNING "apparent loose end"
= three
-> tunnel -> // WARNING "apparent loose end"
= four
TODO: go on here // TODO "go on here"
= five
{true:
  * a choice // ERROR "a choice within a condition or sequence must end in a divert"
}
-> DONE
= six
{true:
  else: no branch // WARNING "'else:' is taken as text here"
}
-> DONE
=== tunnel
->->
