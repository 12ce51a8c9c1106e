// input: 1 1
// Invisible default choices, after text, within tunnels and threads.
-> a ->
-> b
== a
* [only] took it
* -> 
  fallen through
- -> c ->
->->
== c
text before
+ -> inner
- (inner) inner
->->
== b
{b < 3:
  some line
  * {b > 1} [late] -> out
  * -> b
}
* [never again] 
+ -> out
- -> b
== out
Out. -> END
