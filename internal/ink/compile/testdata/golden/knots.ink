Start.
-> house
=== house
= hall
You are in the hall. {kitchen.table}
-> kitchen.table
= attic(x, -> to)
{x} up there.
-> to
=== kitchen ===
A kitchen. -> table
= table
-> house.attic(2, -> back)
= cellar
- (back) <- voice("low")
<- choices
-> tunnel -> other(1) -> END
=== voice(kind)
A {kind} voice.
-> DONE
=== choices
* (hear) Hear -> DONE
* {hear} Again ->-> tunnel
=== tunnel
->->
=== other(n)
{n > 0: ->-> house}
->-> other(n - 1)
