// Lines that cannot be read.
text } here // ERROR "unexpected '}'"
| // ERROR "unexpected '\\|'"
text # image: cat.png | A cat // ERROR "unexpected '\\|'"
text -> END and more // ERROR "expected the end of the line, but saw 'and more'"
-> // ERROR "'->' without a target"
->-> a -> b // ERROR "nothing can follow '->->' and its target"
->->-> // ERROR "too many arrows"
<- // ERROR "expected a target for the thread, but saw the end of the line"
~ // ERROR "expected something to do after '~'"
~ 5 + 5 // ERROR "a '~' line must do something"
text {1: ~ x} // ERROR "'~' within a line"
~ temp // ERROR "expected the name of the variable"
~ temp x // ERROR "expected '=' and a value for 'x'"
~ temp y += 1 // ERROR "'y' is new here, so nothing can be added to it"
~ z = // ERROR "expected the value to assign"
~ f(z++) // ERROR "a variable can be counted up or down only on a '~' line of its own"
return of the king // WARNING "text that begins with 'return'"
-> END
=== // ERROR "expected the name of the knot"
x -> END
=== function // ERROR "expected the name of the function"
x
=== empty // ERROR "the knot 'empty' has no content"
=== k(a // ERROR "expected a closing '\\)' of the parameters"
x -> END
=== the // ERROR "the knot 'the' has no content"
=== the long hall === // ERROR "the name of a knot is one word"
x -> END
= by the_door // ERROR "the name of a stitch is one word"
x -> the_long_hall
=== function add up(x) // ERROR "the name of a function is one word"
~ return add_up(x)
=== m(ref) // ERROR "expected the name of a parameter"
x -> END
INCLUDE other.ink // ERROR "INCLUDE within a knot or a block"
=== function f(x)
~ return ) // ERROR "expected the value to return"
} // WARNING "unexpected '}' at the end of the file"
