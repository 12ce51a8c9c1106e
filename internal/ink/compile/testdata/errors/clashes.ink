// Two things of one name.
VAR gold = 5
VAR gold = 6 // ERROR "variable 'gold' is declared twice"
VAR kitchen = 1 // ERROR "variable 'kitchen' has the name of a knot"
VAR red = 1 // ERROR "variable 'red' has the name of a list item"
VAR true = 1 // ERROR "'true' is a word of the language and cannot name a variable"
VAR TURNS = 1 // ERROR "'TURNS' is a built-in function and cannot name a variable"
LIST colors = red, green, red // ERROR "list 'colors' has the item 'red' twice"
LIST others = colors, blue // ERROR "list item 'colors' has the name of a list"
CONST speed = 1
CONST speed = 2 // ERROR "constant 'speed' is declared again with another value"
CONST gold = 1 // ERROR "constant 'gold' has the name of a variable"
CONST name = "a"
CONST name = "a"
CONST whole = 1.5
CONST whole = 1.5
CONST yes = true
CONST yes = true
CONST way = -> kitchen
CONST way = -> kitchen
EXTERNAL ring()
EXTERNAL ring() // ERROR "EXTERNAL 'ring' is declared twice"
~ temp colors = 1 // ERROR "variable 'colors' is declared twice"
* (door) one
* (door) two // ERROR "a choice with the label 'door' is already here"
- (kitchen) // ERROR "label 'kitchen' has the name of a knot"
- (hall) -> END
=== kitchen
x -> END
= table
- (hall) x -> END // ERROR "label 'hall' has the name of a gather"
= table // ERROR "there is another stitch called 'table'"
x -> END
= gold // ERROR "stitch 'gold' has the name of a variable"
x -> END
=== kitchen // ERROR "there is another knot called 'kitchen'"
x -> END
=== function count(a, a, red, table) // ERROR "parameter 'a' has the name of a parameter" ERROR "parameter 'red' has the name of a list item"
~ temp a = 1 // ERROR "temp 'a' has the name of a parameter"
~ temp b = 1
~ temp b = 2 // ERROR "temp 'b' is declared twice"
~ return b
