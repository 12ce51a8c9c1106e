// input:
// Functions, references, recursion, temps, constants and numbers.
CONST TEN = 10
VAR total = 0
VAR pi = 3.25
VAR flag = false
EXTERNAL host(x, y)
~ add(total, TEN)
~ temp t = 5
~ add(t, TEN)
{total} {t} {fact(10)} {host(2, 3)}
{7 / 2} {-7 / 2} {7 mod 3} {-7 % 3} {7 / 2.5} {pi * 2} {pi - 0.25} {1 / 3.5 + 0.1}
{FLOOR(pi)} {CEILING(pi)} {INT(pi)} {INT(-2.7)} {FLOAT(3) / 2} {POW(2, 10)} {POW(2, 0.5)} {MIN(3, 2.5)} {MAX(1, 2)}
{flag} {not flag} {(!flag) && true} {true + true} {"a" + 1 + 2.5 + true} {1 == 1.0} {"a" == "a"} {"abc" ? "bc"} {"abc" !? "x"}
{(total >= 10) and (t < 3 or not (t == 3))} {-t} {t * -1.5}
~ t++
~ t += 2
~ t -= 1
{t} {swap(t, total)} {t} {total}
{effect()}{total}
~ temp f = -> say
~ temp unused = say("direct")
{describe(-> knot)} {knot}
{2147483647 + 1} {100000 * 100000}
-> DONE
== knot
-> END
== function add(ref x, n)
~ x = x + n
== function fact(n)
{ n <= 1:
    ~ return 1
}
~ return n * fact(n - 1)
== function host(x, y)
~ return x * 100 + y
== function swap(ref a, ref b)
~ temp c = a
~ a = b
~ b = c
~ return "swapped"
== function effect()
~ total = 99
effect <>
== function say(x)
Said {x}.
== function describe(-> where)
~ return READ_COUNT(where) + 0.5
