// input:
// Lists: items, operators, functions, origins.
LIST colors = red, (green), blue
LIST sizes = small = 2, (medium = 5), (large)
VAR bag = ()
VAR mixed = (red, large)
{colors} {sizes} [{bag}] {mixed}
~ bag = colors
~ bag += blue
~ bag += (red, medium)
{bag} {LIST_COUNT(bag)} {LIST_MIN(bag)} {LIST_MAX(bag)} {LIST_VALUE(large)}
~ bag -= green
{bag} {bag ? red} {bag ? (red, blue)} {bag !? green} {bag has green} {bag hasnt green} {bag ^ colors}
{LIST_ALL(bag)}; {LIST_INVERT(bag)}; {LIST_INVERT(colors)}
{red + 1} {blue - 1} [{blue + 1}] {colors(3)} {sizes(5)} [{sizes(4)}]
{red < blue} {red > blue} {colors == green} {colors != green} {mixed >= red} {mixed <= red} {(red, blue) > (green)}
{LIST_RANGE(LIST_ALL(sizes), 3, 6)} {LIST_RANGE(LIST_ALL(colors), green, blue)}
~ bag = ()
[{bag}] {LIST_ALL(bag)} {not bag} {bag: full|empty} {bag == ()}
~ colors++
{colors} {LIST_VALUE(colors)} {colors + sizes} {sizes + 1}
~ temp here = sizes.small
{here} {here == small} {here + medium}
{ colors:
- blue: is blue
- else: is other
}
{LIST_RANDOM(())}.
-> END
