// Diverts and calls that cannot be made.
EXTERNAL bell(x)
VAR n = 1
VAR where = -> hall
-> square // ERROR "'square' is a function and cannot be diverted to"
-> TURNS // ERROR "'TURNS' is a function and cannot be diverted to"
-> bell // ERROR "'bell' is a function of the game and cannot be diverted to"
{bell()} // ERROR "external function 'bell' takes 1 argument, but got 0"
{hall()} // ERROR "knot 'hall' is called, but it is not a function"
{door()} // ERROR "gather 'door' is called, but it is not a function"
{square()} // ERROR "function 'square' takes 1 argument, but got 0"
-> walk(1) // ERROR "knot 'walk' takes 2 arguments, but got 1"
-> hall.tabel // ERROR "unknown divert target 'hall.tabel'"
-> hall.roof // ERROR "unknown divert target 'hall.roof'"
-> door.handle // ERROR "unknown divert target 'door.handle'"
-> door(1) // ERROR "gather 'door' takes no arguments"
-> walk(1, 2) // ERROR "parameter '-> to' needs a divert target$"
-> walk(1, hall) // ERROR "parameter '-> to' needs a divert target, but this is how often knot 'hall' was visited"
-> walk(1, -> hall)
-> walk(1, where)
-> walk(1, -> where) // ERROR "'where' is a variable, which needs no '->' to give its value"
~ grow(5) // ERROR "'ref x' needs the name of a variable"
~ grow(hall) // ERROR "'ref x' needs a variable, but 'hall' is a knot"
~ grow(five) // ERROR "'ref x' needs a variable, but 'five' is a constant"
~ grow(nobody) // ERROR "unknown variable 'nobody'"
~ n = -> hall + 1 // ERROR "a divert target cannot be used like that"
{-> hall: x} // ERROR "a divert target cannot be used like that"
~ where = -> walk(1, 2) // ERROR "a divert target cannot keep arguments"
~ where = -> pay // ERROR "'pay' has the parameter 'ref x', so it cannot be used as a value"
~ where = -> nowhere // ERROR "unknown divert target 'nowhere'"
{TURNS_SINCE(hall)} // ERROR "TURNS_SINCE needs an arrow before the name of a knot"
{READ_COUNT(5)} // ERROR "READ_COUNT takes a divert target"
{MIN(1)} // ERROR "MIN takes 2 arguments, but got 1"
{TURNS(1)} // ERROR "TURNS takes no arguments, but got 1"
{RANDOM(1.5, true)} // ERROR "RANDOM takes whole numbers" ERROR "RANDOM takes whole numbers"
{square} // WARNING "this prints how often the function 'square' was called"
CONST five = 5
- (door) -> END
=== hall
-> END
= table
-> END
=== walk(a, -> to)
-> to
=== pay(ref x)
->-> DONE // ERROR "a tunnel cannot be left with '->-> DONE'"
=== lost(to) // ERROR "parameter 'to' is diverted to at jumps.ink:\\d+:\\d+, but not marked as a divert target"
-> to
=== function square(x)
~ return x * x
=== function grow(ref x)
~ x++
