// Names that mean nothing, or not here.
VAR health = 5
CONST limit = 10
LIST mood = calm, angry
LIST tone = calm, loud
-> kitchn // ERROR "unknown divert target 'kitchn'"
{helth} // ERROR "unknown variable 'helth'"
{kitchen.cellar} // ERROR "nothing is called 'kitchen.cellar'"
{roar()} // ERROR "unknown function 'roar'"
~ limit = 5 // ERROR "'limit' is a constant and cannot be changed"
~ limit++ // ERROR "'limit' is a constant and cannot be changed"
~ nothing = 5 // ERROR "unknown variable 'nothing'"
~ nothing += 5 // ERROR "unknown variable 'nothing'"
~ mood = (calm) // ERROR "'calm' is an item of more than one list"
~ mood = (mood.loud, happy) // ERROR "no list has an item 'mood.loud'" ERROR "no list has an item 'happy'"
~ mood = (angry, angry) // WARNING "item 'angry' is twice in this list"
~ mood = (health) // ERROR "no list has an item 'health'"
{mood(1, 2)} // ERROR "list 'mood' takes one number, but got 2 values"
VAR copy = health // ERROR "the first value of variable 'copy' cannot be 'health'"
VAR place = -> DONE // ERROR "'-> DONE' cannot be used as a value"
-> END
=== kitchen
= pantry
~ temp spoon = 1
{spoon} {shelf}
-> shelf
= hall
{spoon} // ERROR "unknown variable 'spoon'"
- (shelf) -> pantry
