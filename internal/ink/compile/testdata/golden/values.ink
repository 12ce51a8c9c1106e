VAR n = 5
VAR f = 2.5
VAR s = "text"
VAR b = true
VAR where = -> knot
VAR items = (rope, bag.lamp)
VAR none = ()
VAR big = MAXIMUM
CONST MAXIMUM = 1000000
CONST MINUS = -1
CONST NAME = "Ann"
CONST TARGET = -> knot
LIST bag = rope, (lamp), map = 7, coin
LIST moods = (calm), (wild = 5)
EXTERNAL ring(times)
~ temp t = n * 2 + 3 - 1 / f % 2 mod 3
~ n = n + MAXIMUM
~ n += 2
~ n -= MINUS
~ n++
~ n--
~ b = not b or !b and n >= 3 && f < 2 || s != "x"
~ bag += map
~ bag = (rope, lamp) + coin - rope
~ bag = bag ^ (lamp)
{bag ? rope} {bag has lamp} {bag !? map} {bag hasnt (coin)} {bag == ()} {bag(2)} {bag()} {bag.lamp}
{LIST_COUNT(bag)} {LIST_ALL(bag)} {LIST_MIN(bag)} {LIST_RANGE(bag, 1, 3)} {LIST_VALUE(lamp)} {LIST_INVERT(moods)} {LIST_RANDOM(bag)}
{RANDOM(1, 6)} {POW(2, 3)} {FLOOR(f)} {CEILING(f)} {INT(f)} {FLOAT(n)} {MIN(1, 2)} {MAX(n, f)} {-n} {-(n + 1)} {- 5} {not 0}
{TURNS()} {TURNS_SINCE(-> knot)} {READ_COUNT(-> knot.in)} {CHOICE_COUNT()} {where == -> knot} {TURNS_SINCE(where)}
{s + "{n} and {n > 3: {"deep"}|shallow}"} {NAME} {t} {knot} {knot.in}
~ ring(2)
{ring(n)} {double(n)} {double(double(2))}
~ change(n, items)
~ SEED_RANDOM(5)
-> where
=== knot
- (in) -> where
=== function double(x)
~ return x * 2
=== function change(ref x, ref y)
{x: big}
~ x = 0
~ y = ()
~ temp z = x
{z}
~ return
=== function ring(times)
ding
