// input: 1 2 1 1
// Tunnels with parameters, nested and redirected; threads that gather choices.
VAR seen = 0
Start. -> meet("Bo") -> meet("Cy") -> 
Between.
-> deep ->
<- place("garden", -> back)
<- place("house", -> back)
+ [wait] You wait.
- (back) Back. {seen}
{seen < 2:
  <- place("garden", -> back)
  <- place("yard", -> back)
  -> DONE
}
-> finale
== meet(who)
You meet {who}.
->->
== deep
Going down. -> deeper ->
Coming up.
->->
== deeper
{ seen > 100: ->-> }
* Stay[] below.
* Flee[]!
- ->->
== place(name, -> to)
The {name} is here.
~ temp n = name
* * [Visit the {n}]
  ~ seen++
  You visit the {n}.
  -> to
== finale
-> once -> 
not reached
== once
over
->-> ending
== ending
The end. -> END
