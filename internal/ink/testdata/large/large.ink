// Made by large_test.go: go test ./internal/ink -run TestLargeStory -update
# title: The long road
# author: nobody
EXTERNAL company()
CONST FAR = 12
CONST GREETING = "Well met"
VAR gold = 10
VAR weary = 0.5
VAR name = "Ann"
VAR brave = true
VAR onward = -> inn
VAR next = -> chapter0
LIST bag = rope, (lamp), map, bread
LIST mood = calm = 1, (wary), scared = 5
LIST weather = (dry), wet
TODO: more dragons
~ SEED_RANDOM(42)
{GREETING}, {name}. You leave with {gold} coins and {bag}.
-> chapter0

/* Chapter 0
   of the road */
=== chapter0
You come to milestone 0, {name}, with {gold} coins in your purse. # place 0 # from {name}
The road is {long|longer|endless}, and the {&wind|rain|fog} does not stop; nobody else is abroad at this hour. {!A raven calls.}
~ gold = gold + 0 mod 3
~ temp steps = 0
~ next = -> chapter1
~ weary += 0.25
{ gold > FAR:
    You feel rich, <>
    and it shows.
- else:
    You feel poor <>
    and cold.
}
{
- mood == scared: Your hands shake.
- weather ? wet and not (bag ? rope): You are soaked.
- brave && 0 % 2 == 0: You whistle.
- else: You walk on. // and on
}
{ mood:
- calm: All is calm.
- wary: You look over your shoulder.
- else: Something is behind you.
}
* [Take the rope] You take the rope.
  ~ bag += rope
  { bag ? rope: It is a good rope. }
* (light0) Light the lamp[] and look around. # lamp
  The light falls on {LIST_COUNT(LIST_ALL(bag))} things: {LIST_ALL(bag)}.
  * * [Look closer] "{~A map|A map}," you say, "of {LIST_MAX(bag)}."
      ~ bag += (map, bread)
  * * (shy0) {gold > 3} "Is anyone there?"[] you ask.
      * * * \ Nobody answers.
      * * * -> deep0
  - - (deep0) You put it {out|away|back}.
+ {not light0} {CHOICE_COUNT() < 4} [Wait {a while|some more} # patience]
  You wait. {worth(gold)} {TURNS_SINCE(-> chapter0)}
  ~ grow(steps, 2)
  Now it is {steps}.
* -> deep0
- (camp0) You make camp{camp0 > 1: again}. -> rest("ember", 0) ->
<- visitors(0)
+ [Go on] -> road
= road
~ temp where = -> inn
{ 0 % 3 == 0:
  -> where ->
- else:
  -> market(0) ->
}
You count to {count(3)}. {READ_COUNT(-> chapter0.road)} {TURNS() > 0: Time passes.}
{stopping:
- First light.
- Second light.
}
{shuffle:
- A dog barks.
- A dog barks.
}
{shuffle once:
- An owl, and {cycle: tea|ale}.
}
~ weather = weather ^ LIST_ALL(weather)
~ mood = mood(LIST_VALUE(mood) % 2 + 1)
{"0" == "{0}": It adds up: {POW(2, 3)}, {FLOOR(2.5)}, {CEILING(2.5)}, {INT(weary)}, {FLOAT(3) / 2}, {MIN(gold, 2) + MAX(1, 3) * -1}.}
{LIST_RANGE(LIST_ALL(bag), rope, map)} {LIST_INVERT(bag)} {bag !? bread: No bread.} {mood > calm: {LIST_MIN(mood)}} {RANDOM(4, 4)}
{weather - dry} {LIST_RANDOM(weather)} {company()} of you, {not brave}.
~ bag -= (map, rope)
~ onward = -> inn
-> chapter1

/* Chapter 1
   of the road */
=== chapter1
You come to milestone 1, {name}, with {gold} coins in your purse. # place 1 # from {name}
The road is {long|longer|endless}, and the {&wind|rain|fog} does not stop; nobody else is abroad at this hour. {!A raven calls.}
~ gold = gold + 1 mod 3
~ temp steps = 0
~ next = -> chapter2
~ weary += 0.25
{ gold > FAR:
    You feel rich, <>
    and it shows.
- else:
    You feel poor <>
    and cold.
}
{
- mood == scared: Your hands shake.
- weather ? wet and not (bag ? rope): You are soaked.
- brave && 1 % 2 == 0: You whistle.
- else: You walk on. // and on
}
{ mood:
- calm: All is calm.
- wary: You look over your shoulder.
- else: Something is behind you.
}
* [Take the rope] You take the rope.
  ~ bag += rope
  { bag ? rope: It is a good rope. }
* (light1) Light the lamp[] and look around. # lamp
  The light falls on {LIST_COUNT(LIST_ALL(bag))} things: {LIST_ALL(bag)}.
  * * [Look closer] "{~A map|A map}," you say, "of {LIST_MAX(bag)}."
      ~ bag += (map, bread)
  * * (shy1) {gold > 3} "Is anyone there?"[] you ask.
      * * * \ Nobody answers.
      * * * -> deep1
  - - (deep1) You put it {out|away|back}.
+ {not light1} {CHOICE_COUNT() < 4} [Wait {a while|some more} # patience]
  You wait. {worth(gold)} {TURNS_SINCE(-> chapter1)}
  ~ grow(steps, 2)
  Now it is {steps}.
* -> deep1
- (camp1) You make camp{camp1 > 1: again}. -> rest("ember", 1) ->
<- visitors(1)
+ [Go on] -> road
= road
~ temp where = -> inn
{ 1 % 3 == 0:
  -> where ->
- else:
  -> market(1) ->
}
You count to {count(3)}. {READ_COUNT(-> chapter1.road)} {TURNS() > 0: Time passes.}
{stopping:
- First light.
- Second light.
}
{shuffle:
- A dog barks.
- A dog barks.
}
{shuffle once:
- An owl, and {cycle: tea|ale}.
}
~ weather = weather ^ LIST_ALL(weather)
~ mood = mood(LIST_VALUE(mood) % 2 + 1)
{"1" == "{1}": It adds up: {POW(2, 3)}, {FLOOR(2.5)}, {CEILING(2.5)}, {INT(weary)}, {FLOAT(3) / 2}, {MIN(gold, 2) + MAX(1, 3) * -1}.}
{LIST_RANGE(LIST_ALL(bag), rope, map)} {LIST_INVERT(bag)} {bag !? bread: No bread.} {mood > calm: {LIST_MIN(mood)}} {RANDOM(4, 4)}
{weather - dry} {LIST_RANDOM(weather)} {company()} of you, {not brave}.
~ bag -= (map, rope)
~ onward = -> inn
-> chapter2

/* Chapter 2
   of the road */
=== chapter2
You come to milestone 2, {name}, with {gold} coins in your purse. # place 2 # from {name}
The road is {long|longer|endless}, and the {&wind|rain|fog} does not stop; nobody else is abroad at this hour. {!A raven calls.}
~ gold = gold + 2 mod 3
~ temp steps = 0
~ next = -> chapter3
~ weary += 0.25
{ gold > FAR:
    You feel rich, <>
    and it shows.
- else:
    You feel poor <>
    and cold.
}
{
- mood == scared: Your hands shake.
- weather ? wet and not (bag ? rope): You are soaked.
- brave && 2 % 2 == 0: You whistle.
- else: You walk on. // and on
}
{ mood:
- calm: All is calm.
- wary: You look over your shoulder.
- else: Something is behind you.
}
* [Take the rope] You take the rope.
  ~ bag += rope
  { bag ? rope: It is a good rope. }
* (light2) Light the lamp[] and look around. # lamp
  The light falls on {LIST_COUNT(LIST_ALL(bag))} things: {LIST_ALL(bag)}.
  * * [Look closer] "{~A map|A map}," you say, "of {LIST_MAX(bag)}."
      ~ bag += (map, bread)
  * * (shy2) {gold > 3} "Is anyone there?"[] you ask.
      * * * \ Nobody answers.
      * * * -> deep2
  - - (deep2) You put it {out|away|back}.
+ {not light2} {CHOICE_COUNT() < 4} [Wait {a while|some more} # patience]
  You wait. {worth(gold)} {TURNS_SINCE(-> chapter2)}
  ~ grow(steps, 2)
  Now it is {steps}.
* -> deep2
- (camp2) You make camp{camp2 > 1: again}. -> rest("ember", 2) ->
<- visitors(2)
+ [Go on] -> road
= road
~ temp where = -> inn
{ 2 % 3 == 0:
  -> where ->
- else:
  -> market(2) ->
}
You count to {count(3)}. {READ_COUNT(-> chapter2.road)} {TURNS() > 0: Time passes.}
{stopping:
- First light.
- Second light.
}
{shuffle:
- A dog barks.
- A dog barks.
}
{shuffle once:
- An owl, and {cycle: tea|ale}.
}
~ weather = weather ^ LIST_ALL(weather)
~ mood = mood(LIST_VALUE(mood) % 2 + 1)
{"2" == "{2}": It adds up: {POW(2, 3)}, {FLOOR(2.5)}, {CEILING(2.5)}, {INT(weary)}, {FLOAT(3) / 2}, {MIN(gold, 2) + MAX(1, 3) * -1}.}
{LIST_RANGE(LIST_ALL(bag), rope, map)} {LIST_INVERT(bag)} {bag !? bread: No bread.} {mood > calm: {LIST_MIN(mood)}} {RANDOM(4, 4)}
{weather - dry} {LIST_RANDOM(weather)} {company()} of you, {not brave}.
~ bag -= (map, rope)
~ onward = -> inn
-> chapter3

/* Chapter 3
   of the road */
=== chapter3
You come to milestone 3, {name}, with {gold} coins in your purse. # place 3 # from {name}
The road is {long|longer|endless}, and the {&wind|rain|fog} does not stop; nobody else is abroad at this hour. {!A raven calls.}
~ gold = gold + 3 mod 3
~ temp steps = 0
~ next = -> chapter4
~ weary += 0.25
{ gold > FAR:
    You feel rich, <>
    and it shows.
- else:
    You feel poor <>
    and cold.
}
{
- mood == scared: Your hands shake.
- weather ? wet and not (bag ? rope): You are soaked.
- brave && 3 % 2 == 0: You whistle.
- else: You walk on. // and on
}
{ mood:
- calm: All is calm.
- wary: You look over your shoulder.
- else: Something is behind you.
}
* [Take the rope] You take the rope.
  ~ bag += rope
  { bag ? rope: It is a good rope. }
* (light3) Light the lamp[] and look around. # lamp
  The light falls on {LIST_COUNT(LIST_ALL(bag))} things: {LIST_ALL(bag)}.
  * * [Look closer] "{~A map|A map}," you say, "of {LIST_MAX(bag)}."
      ~ bag += (map, bread)
  * * (shy3) {gold > 3} "Is anyone there?"[] you ask.
      * * * \ Nobody answers.
      * * * -> deep3
  - - (deep3) You put it {out|away|back}.
+ {not light3} {CHOICE_COUNT() < 4} [Wait {a while|some more} # patience]
  You wait. {worth(gold)} {TURNS_SINCE(-> chapter3)}
  ~ grow(steps, 2)
  Now it is {steps}.
* -> deep3
- (camp3) You make camp{camp3 > 1: again}. -> rest("ember", 3) ->
<- visitors(3)
+ [Go on] -> road
= road
~ temp where = -> inn
{ 3 % 3 == 0:
  -> where ->
- else:
  -> market(3) ->
}
You count to {count(3)}. {READ_COUNT(-> chapter3.road)} {TURNS() > 0: Time passes.}
{stopping:
- First light.
- Second light.
}
{shuffle:
- A dog barks.
- A dog barks.
}
{shuffle once:
- An owl, and {cycle: tea|ale}.
}
~ weather = weather ^ LIST_ALL(weather)
~ mood = mood(LIST_VALUE(mood) % 2 + 1)
{"3" == "{3}": It adds up: {POW(2, 3)}, {FLOOR(2.5)}, {CEILING(2.5)}, {INT(weary)}, {FLOAT(3) / 2}, {MIN(gold, 2) + MAX(1, 3) * -1}.}
{LIST_RANGE(LIST_ALL(bag), rope, map)} {LIST_INVERT(bag)} {bag !? bread: No bread.} {mood > calm: {LIST_MIN(mood)}} {RANDOM(4, 4)}
{weather - dry} {LIST_RANDOM(weather)} {company()} of you, {not brave}.
~ bag -= (map, rope)
~ onward = -> inn
-> chapter4

/* Chapter 4
   of the road */
=== chapter4
You come to milestone 4, {name}, with {gold} coins in your purse. # place 4 # from {name}
The road is {long|longer|endless}, and the {&wind|rain|fog} does not stop; nobody else is abroad at this hour. {!A raven calls.}
~ gold = gold + 4 mod 3
~ temp steps = 0
~ next = -> chapter5
~ weary += 0.25
{ gold > FAR:
    You feel rich, <>
    and it shows.
- else:
    You feel poor <>
    and cold.
}
{
- mood == scared: Your hands shake.
- weather ? wet and not (bag ? rope): You are soaked.
- brave && 4 % 2 == 0: You whistle.
- else: You walk on. // and on
}
{ mood:
- calm: All is calm.
- wary: You look over your shoulder.
- else: Something is behind you.
}
* [Take the rope] You take the rope.
  ~ bag += rope
  { bag ? rope: It is a good rope. }
* (light4) Light the lamp[] and look around. # lamp
  The light falls on {LIST_COUNT(LIST_ALL(bag))} things: {LIST_ALL(bag)}.
  * * [Look closer] "{~A map|A map}," you say, "of {LIST_MAX(bag)}."
      ~ bag += (map, bread)
  * * (shy4) {gold > 3} "Is anyone there?"[] you ask.
      * * * \ Nobody answers.
      * * * -> deep4
  - - (deep4) You put it {out|away|back}.
+ {not light4} {CHOICE_COUNT() < 4} [Wait {a while|some more} # patience]
  You wait. {worth(gold)} {TURNS_SINCE(-> chapter4)}
  ~ grow(steps, 2)
  Now it is {steps}.
* -> deep4
- (camp4) You make camp{camp4 > 1: again}. -> rest("ember", 4) ->
<- visitors(4)
+ [Go on] -> road
= road
~ temp where = -> inn
{ 4 % 3 == 0:
  -> where ->
- else:
  -> market(4) ->
}
You count to {count(3)}. {READ_COUNT(-> chapter4.road)} {TURNS() > 0: Time passes.}
{stopping:
- First light.
- Second light.
}
{shuffle:
- A dog barks.
- A dog barks.
}
{shuffle once:
- An owl, and {cycle: tea|ale}.
}
~ weather = weather ^ LIST_ALL(weather)
~ mood = mood(LIST_VALUE(mood) % 2 + 1)
{"4" == "{4}": It adds up: {POW(2, 3)}, {FLOOR(2.5)}, {CEILING(2.5)}, {INT(weary)}, {FLOAT(3) / 2}, {MIN(gold, 2) + MAX(1, 3) * -1}.}
{LIST_RANGE(LIST_ALL(bag), rope, map)} {LIST_INVERT(bag)} {bag !? bread: No bread.} {mood > calm: {LIST_MIN(mood)}} {RANDOM(4, 4)}
{weather - dry} {LIST_RANDOM(weather)} {company()} of you, {not brave}.
~ bag -= (map, rope)
~ onward = -> inn
-> chapter5

/* Chapter 5
   of the road */
=== chapter5
You come to milestone 5, {name}, with {gold} coins in your purse. # place 5 # from {name}
The road is {long|longer|endless}, and the {&wind|rain|fog} does not stop; nobody else is abroad at this hour. {!A raven calls.}
~ gold = gold + 5 mod 3
~ temp steps = 0
~ next = -> chapter6
~ weary += 0.25
{ gold > FAR:
    You feel rich, <>
    and it shows.
- else:
    You feel poor <>
    and cold.
}
{
- mood == scared: Your hands shake.
- weather ? wet and not (bag ? rope): You are soaked.
- brave && 5 % 2 == 0: You whistle.
- else: You walk on. // and on
}
{ mood:
- calm: All is calm.
- wary: You look over your shoulder.
- else: Something is behind you.
}
* [Take the rope] You take the rope.
  ~ bag += rope
  { bag ? rope: It is a good rope. }
* (light5) Light the lamp[] and look around. # lamp
  The light falls on {LIST_COUNT(LIST_ALL(bag))} things: {LIST_ALL(bag)}.
  * * [Look closer] "{~A map|A map}," you say, "of {LIST_MAX(bag)}."
      ~ bag += (map, bread)
  * * (shy5) {gold > 3} "Is anyone there?"[] you ask.
      * * * \ Nobody answers.
      * * * -> deep5
  - - (deep5) You put it {out|away|back}.
+ {not light5} {CHOICE_COUNT() < 4} [Wait {a while|some more} # patience]
  You wait. {worth(gold)} {TURNS_SINCE(-> chapter5)}
  ~ grow(steps, 2)
  Now it is {steps}.
* -> deep5
- (camp5) You make camp{camp5 > 1: again}. -> rest("ember", 5) ->
<- visitors(5)
+ [Go on] -> road
= road
~ temp where = -> inn
{ 5 % 3 == 0:
  -> where ->
- else:
  -> market(5) ->
}
You count to {count(3)}. {READ_COUNT(-> chapter5.road)} {TURNS() > 0: Time passes.}
{stopping:
- First light.
- Second light.
}
{shuffle:
- A dog barks.
- A dog barks.
}
{shuffle once:
- An owl, and {cycle: tea|ale}.
}
~ weather = weather ^ LIST_ALL(weather)
~ mood = mood(LIST_VALUE(mood) % 2 + 1)
{"5" == "{5}": It adds up: {POW(2, 3)}, {FLOOR(2.5)}, {CEILING(2.5)}, {INT(weary)}, {FLOAT(3) / 2}, {MIN(gold, 2) + MAX(1, 3) * -1}.}
{LIST_RANGE(LIST_ALL(bag), rope, map)} {LIST_INVERT(bag)} {bag !? bread: No bread.} {mood > calm: {LIST_MIN(mood)}} {RANDOM(4, 4)}
{weather - dry} {LIST_RANDOM(weather)} {company()} of you, {not brave}.
~ bag -= (map, rope)
~ onward = -> inn
-> chapter6

/* Chapter 6
   of the road */
=== chapter6
You come to milestone 6, {name}, with {gold} coins in your purse. # place 6 # from {name}
The road is {long|longer|endless}, and the {&wind|rain|fog} does not stop; nobody else is abroad at this hour. {!A raven calls.}
~ gold = gold + 6 mod 3
~ temp steps = 0
~ next = -> chapter7
~ weary += 0.25
{ gold > FAR:
    You feel rich, <>
    and it shows.
- else:
    You feel poor <>
    and cold.
}
{
- mood == scared: Your hands shake.
- weather ? wet and not (bag ? rope): You are soaked.
- brave && 6 % 2 == 0: You whistle.
- else: You walk on. // and on
}
{ mood:
- calm: All is calm.
- wary: You look over your shoulder.
- else: Something is behind you.
}
* [Take the rope] You take the rope.
  ~ bag += rope
  { bag ? rope: It is a good rope. }
* (light6) Light the lamp[] and look around. # lamp
  The light falls on {LIST_COUNT(LIST_ALL(bag))} things: {LIST_ALL(bag)}.
  * * [Look closer] "{~A map|A map}," you say, "of {LIST_MAX(bag)}."
      ~ bag += (map, bread)
  * * (shy6) {gold > 3} "Is anyone there?"[] you ask.
      * * * \ Nobody answers.
      * * * -> deep6
  - - (deep6) You put it {out|away|back}.
+ {not light6} {CHOICE_COUNT() < 4} [Wait {a while|some more} # patience]
  You wait. {worth(gold)} {TURNS_SINCE(-> chapter6)}
  ~ grow(steps, 2)
  Now it is {steps}.
* -> deep6
- (camp6) You make camp{camp6 > 1: again}. -> rest("ember", 6) ->
<- visitors(6)
+ [Go on] -> road
= road
~ temp where = -> inn
{ 6 % 3 == 0:
  -> where ->
- else:
  -> market(6) ->
}
You count to {count(3)}. {READ_COUNT(-> chapter6.road)} {TURNS() > 0: Time passes.}
{stopping:
- First light.
- Second light.
}
{shuffle:
- A dog barks.
- A dog barks.
}
{shuffle once:
- An owl, and {cycle: tea|ale}.
}
~ weather = weather ^ LIST_ALL(weather)
~ mood = mood(LIST_VALUE(mood) % 2 + 1)
{"6" == "{6}": It adds up: {POW(2, 3)}, {FLOOR(2.5)}, {CEILING(2.5)}, {INT(weary)}, {FLOAT(3) / 2}, {MIN(gold, 2) + MAX(1, 3) * -1}.}
{LIST_RANGE(LIST_ALL(bag), rope, map)} {LIST_INVERT(bag)} {bag !? bread: No bread.} {mood > calm: {LIST_MIN(mood)}} {RANDOM(4, 4)}
{weather - dry} {LIST_RANDOM(weather)} {company()} of you, {not brave}.
~ bag -= (map, rope)
~ onward = -> inn
-> chapter7

/* Chapter 7
   of the road */
=== chapter7
You come to milestone 7, {name}, with {gold} coins in your purse. # place 7 # from {name}
The road is {long|longer|endless}, and the {&wind|rain|fog} does not stop; nobody else is abroad at this hour. {!A raven calls.}
~ gold = gold + 7 mod 3
~ temp steps = 0
~ next = -> chapter8
~ weary += 0.25
{ gold > FAR:
    You feel rich, <>
    and it shows.
- else:
    You feel poor <>
    and cold.
}
{
- mood == scared: Your hands shake.
- weather ? wet and not (bag ? rope): You are soaked.
- brave && 7 % 2 == 0: You whistle.
- else: You walk on. // and on
}
{ mood:
- calm: All is calm.
- wary: You look over your shoulder.
- else: Something is behind you.
}
* [Take the rope] You take the rope.
  ~ bag += rope
  { bag ? rope: It is a good rope. }
* (light7) Light the lamp[] and look around. # lamp
  The light falls on {LIST_COUNT(LIST_ALL(bag))} things: {LIST_ALL(bag)}.
  * * [Look closer] "{~A map|A map}," you say, "of {LIST_MAX(bag)}."
      ~ bag += (map, bread)
  * * (shy7) {gold > 3} "Is anyone there?"[] you ask.
      * * * \ Nobody answers.
      * * * -> deep7
  - - (deep7) You put it {out|away|back}.
+ {not light7} {CHOICE_COUNT() < 4} [Wait {a while|some more} # patience]
  You wait. {worth(gold)} {TURNS_SINCE(-> chapter7)}
  ~ grow(steps, 2)
  Now it is {steps}.
* -> deep7
- (camp7) You make camp{camp7 > 1: again}. -> rest("ember", 7) ->
<- visitors(7)
+ [Go on] -> road
= road
~ temp where = -> inn
{ 7 % 3 == 0:
  -> where ->
- else:
  -> market(7) ->
}
You count to {count(3)}. {READ_COUNT(-> chapter7.road)} {TURNS() > 0: Time passes.}
{stopping:
- First light.
- Second light.
}
{shuffle:
- A dog barks.
- A dog barks.
}
{shuffle once:
- An owl, and {cycle: tea|ale}.
}
~ weather = weather ^ LIST_ALL(weather)
~ mood = mood(LIST_VALUE(mood) % 2 + 1)
{"7" == "{7}": It adds up: {POW(2, 3)}, {FLOOR(2.5)}, {CEILING(2.5)}, {INT(weary)}, {FLOAT(3) / 2}, {MIN(gold, 2) + MAX(1, 3) * -1}.}
{LIST_RANGE(LIST_ALL(bag), rope, map)} {LIST_INVERT(bag)} {bag !? bread: No bread.} {mood > calm: {LIST_MIN(mood)}} {RANDOM(4, 4)}
{weather - dry} {LIST_RANDOM(weather)} {company()} of you, {not brave}.
~ bag -= (map, rope)
~ onward = -> inn
-> chapter8

/* Chapter 8
   of the road */
=== chapter8
You come to milestone 8, {name}, with {gold} coins in your purse. # place 8 # from {name}
The road is {long|longer|endless}, and the {&wind|rain|fog} does not stop; nobody else is abroad at this hour. {!A raven calls.}
~ gold = gold + 8 mod 3
~ temp steps = 0
~ next = -> chapter9
~ weary += 0.25
{ gold > FAR:
    You feel rich, <>
    and it shows.
- else:
    You feel poor <>
    and cold.
}
{
- mood == scared: Your hands shake.
- weather ? wet and not (bag ? rope): You are soaked.
- brave && 8 % 2 == 0: You whistle.
- else: You walk on. // and on
}
{ mood:
- calm: All is calm.
- wary: You look over your shoulder.
- else: Something is behind you.
}
* [Take the rope] You take the rope.
  ~ bag += rope
  { bag ? rope: It is a good rope. }
* (light8) Light the lamp[] and look around. # lamp
  The light falls on {LIST_COUNT(LIST_ALL(bag))} things: {LIST_ALL(bag)}.
  * * [Look closer] "{~A map|A map}," you say, "of {LIST_MAX(bag)}."
      ~ bag += (map, bread)
  * * (shy8) {gold > 3} "Is anyone there?"[] you ask.
      * * * \ Nobody answers.
      * * * -> deep8
  - - (deep8) You put it {out|away|back}.
+ {not light8} {CHOICE_COUNT() < 4} [Wait {a while|some more} # patience]
  You wait. {worth(gold)} {TURNS_SINCE(-> chapter8)}
  ~ grow(steps, 2)
  Now it is {steps}.
* -> deep8
- (camp8) You make camp{camp8 > 1: again}. -> rest("ember", 8) ->
<- visitors(8)
+ [Go on] -> road
= road
~ temp where = -> inn
{ 8 % 3 == 0:
  -> where ->
- else:
  -> market(8) ->
}
You count to {count(3)}. {READ_COUNT(-> chapter8.road)} {TURNS() > 0: Time passes.}
{stopping:
- First light.
- Second light.
}
{shuffle:
- A dog barks.
- A dog barks.
}
{shuffle once:
- An owl, and {cycle: tea|ale}.
}
~ weather = weather ^ LIST_ALL(weather)
~ mood = mood(LIST_VALUE(mood) % 2 + 1)
{"8" == "{8}": It adds up: {POW(2, 3)}, {FLOOR(2.5)}, {CEILING(2.5)}, {INT(weary)}, {FLOAT(3) / 2}, {MIN(gold, 2) + MAX(1, 3) * -1}.}
{LIST_RANGE(LIST_ALL(bag), rope, map)} {LIST_INVERT(bag)} {bag !? bread: No bread.} {mood > calm: {LIST_MIN(mood)}} {RANDOM(4, 4)}
{weather - dry} {LIST_RANDOM(weather)} {company()} of you, {not brave}.
~ bag -= (map, rope)
~ onward = -> inn
-> chapter9

/* Chapter 9
   of the road */
=== chapter9
You come to milestone 9, {name}, with {gold} coins in your purse. # place 9 # from {name}
The road is {long|longer|endless}, and the {&wind|rain|fog} does not stop; nobody else is abroad at this hour. {!A raven calls.}
~ gold = gold + 9 mod 3
~ temp steps = 0
~ next = -> chapter10
~ weary += 0.25
{ gold > FAR:
    You feel rich, <>
    and it shows.
- else:
    You feel poor <>
    and cold.
}
{
- mood == scared: Your hands shake.
- weather ? wet and not (bag ? rope): You are soaked.
- brave && 9 % 2 == 0: You whistle.
- else: You walk on. // and on
}
{ mood:
- calm: All is calm.
- wary: You look over your shoulder.
- else: Something is behind you.
}
* [Take the rope] You take the rope.
  ~ bag += rope
  { bag ? rope: It is a good rope. }
* (light9) Light the lamp[] and look around. # lamp
  The light falls on {LIST_COUNT(LIST_ALL(bag))} things: {LIST_ALL(bag)}.
  * * [Look closer] "{~A map|A map}," you say, "of {LIST_MAX(bag)}."
      ~ bag += (map, bread)
  * * (shy9) {gold > 3} "Is anyone there?"[] you ask.
      * * * \ Nobody answers.
      * * * -> deep9
  - - (deep9) You put it {out|away|back}.
+ {not light9} {CHOICE_COUNT() < 4} [Wait {a while|some more} # patience]
  You wait. {worth(gold)} {TURNS_SINCE(-> chapter9)}
  ~ grow(steps, 2)
  Now it is {steps}.
* -> deep9
- (camp9) You make camp{camp9 > 1: again}. -> rest("ember", 9) ->
<- visitors(9)
+ [Go on] -> road
= road
~ temp where = -> inn
{ 9 % 3 == 0:
  -> where ->
- else:
  -> market(9) ->
}
You count to {count(3)}. {READ_COUNT(-> chapter9.road)} {TURNS() > 0: Time passes.}
{stopping:
- First light.
- Second light.
}
{shuffle:
- A dog barks.
- A dog barks.
}
{shuffle once:
- An owl, and {cycle: tea|ale}.
}
~ weather = weather ^ LIST_ALL(weather)
~ mood = mood(LIST_VALUE(mood) % 2 + 1)
{"9" == "{9}": It adds up: {POW(2, 3)}, {FLOOR(2.5)}, {CEILING(2.5)}, {INT(weary)}, {FLOAT(3) / 2}, {MIN(gold, 2) + MAX(1, 3) * -1}.}
{LIST_RANGE(LIST_ALL(bag), rope, map)} {LIST_INVERT(bag)} {bag !? bread: No bread.} {mood > calm: {LIST_MIN(mood)}} {RANDOM(4, 4)}
{weather - dry} {LIST_RANDOM(weather)} {company()} of you, {not brave}.
~ bag -= (map, rope)
~ onward = -> inn
-> chapter10

/* Chapter 10
   of the road */
=== chapter10
You come to milestone 10, {name}, with {gold} coins in your purse. # place 10 # from {name}
The road is {long|longer|endless}, and the {&wind|rain|fog} does not stop; nobody else is abroad at this hour. {!A raven calls.}
~ gold = gold + 10 mod 3
~ temp steps = 0
~ next = -> chapter11
~ weary += 0.25
{ gold > FAR:
    You feel rich, <>
    and it shows.
- else:
    You feel poor <>
    and cold.
}
{
- mood == scared: Your hands shake.
- weather ? wet and not (bag ? rope): You are soaked.
- brave && 10 % 2 == 0: You whistle.
- else: You walk on. // and on
}
{ mood:
- calm: All is calm.
- wary: You look over your shoulder.
- else: Something is behind you.
}
* [Take the rope] You take the rope.
  ~ bag += rope
  { bag ? rope: It is a good rope. }
* (light10) Light the lamp[] and look around. # lamp
  The light falls on {LIST_COUNT(LIST_ALL(bag))} things: {LIST_ALL(bag)}.
  * * [Look closer] "{~A map|A map}," you say, "of {LIST_MAX(bag)}."
      ~ bag += (map, bread)
  * * (shy10) {gold > 3} "Is anyone there?"[] you ask.
      * * * \ Nobody answers.
      * * * -> deep10
  - - (deep10) You put it {out|away|back}.
+ {not light10} {CHOICE_COUNT() < 4} [Wait {a while|some more} # patience]
  You wait. {worth(gold)} {TURNS_SINCE(-> chapter10)}
  ~ grow(steps, 2)
  Now it is {steps}.
* -> deep10
- (camp10) You make camp{camp10 > 1: again}. -> rest("ember", 10) ->
<- visitors(10)
+ [Go on] -> road
= road
~ temp where = -> inn
{ 10 % 3 == 0:
  -> where ->
- else:
  -> market(10) ->
}
You count to {count(3)}. {READ_COUNT(-> chapter10.road)} {TURNS() > 0: Time passes.}
{stopping:
- First light.
- Second light.
}
{shuffle:
- A dog barks.
- A dog barks.
}
{shuffle once:
- An owl, and {cycle: tea|ale}.
}
~ weather = weather ^ LIST_ALL(weather)
~ mood = mood(LIST_VALUE(mood) % 2 + 1)
{"10" == "{10}": It adds up: {POW(2, 3)}, {FLOOR(2.5)}, {CEILING(2.5)}, {INT(weary)}, {FLOAT(3) / 2}, {MIN(gold, 2) + MAX(1, 3) * -1}.}
{LIST_RANGE(LIST_ALL(bag), rope, map)} {LIST_INVERT(bag)} {bag !? bread: No bread.} {mood > calm: {LIST_MIN(mood)}} {RANDOM(4, 4)}
{weather - dry} {LIST_RANDOM(weather)} {company()} of you, {not brave}.
~ bag -= (map, rope)
~ onward = -> inn
-> chapter11

/* Chapter 11
   of the road */
=== chapter11
You come to milestone 11, {name}, with {gold} coins in your purse. # place 11 # from {name}
The road is {long|longer|endless}, and the {&wind|rain|fog} does not stop; nobody else is abroad at this hour. {!A raven calls.}
~ gold = gold + 11 mod 3
~ temp steps = 0
~ next = -> chapter12
~ weary += 0.25
{ gold > FAR:
    You feel rich, <>
    and it shows.
- else:
    You feel poor <>
    and cold.
}
{
- mood == scared: Your hands shake.
- weather ? wet and not (bag ? rope): You are soaked.
- brave && 11 % 2 == 0: You whistle.
- else: You walk on. // and on
}
{ mood:
- calm: All is calm.
- wary: You look over your shoulder.
- else: Something is behind you.
}
* [Take the rope] You take the rope.
  ~ bag += rope
  { bag ? rope: It is a good rope. }
* (light11) Light the lamp[] and look around. # lamp
  The light falls on {LIST_COUNT(LIST_ALL(bag))} things: {LIST_ALL(bag)}.
  * * [Look closer] "{~A map|A map}," you say, "of {LIST_MAX(bag)}."
      ~ bag += (map, bread)
  * * (shy11) {gold > 3} "Is anyone there?"[] you ask.
      * * * \ Nobody answers.
      * * * -> deep11
  - - (deep11) You put it {out|away|back}.
+ {not light11} {CHOICE_COUNT() < 4} [Wait {a while|some more} # patience]
  You wait. {worth(gold)} {TURNS_SINCE(-> chapter11)}
  ~ grow(steps, 2)
  Now it is {steps}.
* -> deep11
- (camp11) You make camp{camp11 > 1: again}. -> rest("ember", 11) ->
<- visitors(11)
+ [Go on] -> road
= road
~ temp where = -> inn
{ 11 % 3 == 0:
  -> where ->
- else:
  -> market(11) ->
}
You count to {count(3)}. {READ_COUNT(-> chapter11.road)} {TURNS() > 0: Time passes.}
{stopping:
- First light.
- Second light.
}
{shuffle:
- A dog barks.
- A dog barks.
}
{shuffle once:
- An owl, and {cycle: tea|ale}.
}
~ weather = weather ^ LIST_ALL(weather)
~ mood = mood(LIST_VALUE(mood) % 2 + 1)
{"11" == "{11}": It adds up: {POW(2, 3)}, {FLOOR(2.5)}, {CEILING(2.5)}, {INT(weary)}, {FLOAT(3) / 2}, {MIN(gold, 2) + MAX(1, 3) * -1}.}
{LIST_RANGE(LIST_ALL(bag), rope, map)} {LIST_INVERT(bag)} {bag !? bread: No bread.} {mood > calm: {LIST_MIN(mood)}} {RANDOM(4, 4)}
{weather - dry} {LIST_RANDOM(weather)} {company()} of you, {not brave}.
~ bag -= (map, rope)
~ onward = -> inn
-> chapter12

/* Chapter 12
   of the road */
=== chapter12
You come to milestone 12, {name}, with {gold} coins in your purse. # place 12 # from {name}
The road is {long|longer|endless}, and the {&wind|rain|fog} does not stop; nobody else is abroad at this hour. {!A raven calls.}
~ gold = gold + 12 mod 3
~ temp steps = 0
~ next = -> chapter13
~ weary += 0.25
{ gold > FAR:
    You feel rich, <>
    and it shows.
- else:
    You feel poor <>
    and cold.
}
{
- mood == scared: Your hands shake.
- weather ? wet and not (bag ? rope): You are soaked.
- brave && 12 % 2 == 0: You whistle.
- else: You walk on. // and on
}
{ mood:
- calm: All is calm.
- wary: You look over your shoulder.
- else: Something is behind you.
}
* [Take the rope] You take the rope.
  ~ bag += rope
  { bag ? rope: It is a good rope. }
* (light12) Light the lamp[] and look around. # lamp
  The light falls on {LIST_COUNT(LIST_ALL(bag))} things: {LIST_ALL(bag)}.
  * * [Look closer] "{~A map|A map}," you say, "of {LIST_MAX(bag)}."
      ~ bag += (map, bread)
  * * (shy12) {gold > 3} "Is anyone there?"[] you ask.
      * * * \ Nobody answers.
      * * * -> deep12
  - - (deep12) You put it {out|away|back}.
+ {not light12} {CHOICE_COUNT() < 4} [Wait {a while|some more} # patience]
  You wait. {worth(gold)} {TURNS_SINCE(-> chapter12)}
  ~ grow(steps, 2)
  Now it is {steps}.
* -> deep12
- (camp12) You make camp{camp12 > 1: again}. -> rest("ember", 12) ->
<- visitors(12)
+ [Go on] -> road
= road
~ temp where = -> inn
{ 12 % 3 == 0:
  -> where ->
- else:
  -> market(12) ->
}
You count to {count(3)}. {READ_COUNT(-> chapter12.road)} {TURNS() > 0: Time passes.}
{stopping:
- First light.
- Second light.
}
{shuffle:
- A dog barks.
- A dog barks.
}
{shuffle once:
- An owl, and {cycle: tea|ale}.
}
~ weather = weather ^ LIST_ALL(weather)
~ mood = mood(LIST_VALUE(mood) % 2 + 1)
{"12" == "{12}": It adds up: {POW(2, 3)}, {FLOOR(2.5)}, {CEILING(2.5)}, {INT(weary)}, {FLOAT(3) / 2}, {MIN(gold, 2) + MAX(1, 3) * -1}.}
{LIST_RANGE(LIST_ALL(bag), rope, map)} {LIST_INVERT(bag)} {bag !? bread: No bread.} {mood > calm: {LIST_MIN(mood)}} {RANDOM(4, 4)}
{weather - dry} {LIST_RANDOM(weather)} {company()} of you, {not brave}.
~ bag -= (map, rope)
~ onward = -> inn
-> chapter13

/* Chapter 13
   of the road */
=== chapter13
You come to milestone 13, {name}, with {gold} coins in your purse. # place 13 # from {name}
The road is {long|longer|endless}, and the {&wind|rain|fog} does not stop; nobody else is abroad at this hour. {!A raven calls.}
~ gold = gold + 13 mod 3
~ temp steps = 0
~ next = -> chapter14
~ weary += 0.25
{ gold > FAR:
    You feel rich, <>
    and it shows.
- else:
    You feel poor <>
    and cold.
}
{
- mood == scared: Your hands shake.
- weather ? wet and not (bag ? rope): You are soaked.
- brave && 13 % 2 == 0: You whistle.
- else: You walk on. // and on
}
{ mood:
- calm: All is calm.
- wary: You look over your shoulder.
- else: Something is behind you.
}
* [Take the rope] You take the rope.
  ~ bag += rope
  { bag ? rope: It is a good rope. }
* (light13) Light the lamp[] and look around. # lamp
  The light falls on {LIST_COUNT(LIST_ALL(bag))} things: {LIST_ALL(bag)}.
  * * [Look closer] "{~A map|A map}," you say, "of {LIST_MAX(bag)}."
      ~ bag += (map, bread)
  * * (shy13) {gold > 3} "Is anyone there?"[] you ask.
      * * * \ Nobody answers.
      * * * -> deep13
  - - (deep13) You put it {out|away|back}.
+ {not light13} {CHOICE_COUNT() < 4} [Wait {a while|some more} # patience]
  You wait. {worth(gold)} {TURNS_SINCE(-> chapter13)}
  ~ grow(steps, 2)
  Now it is {steps}.
* -> deep13
- (camp13) You make camp{camp13 > 1: again}. -> rest("ember", 13) ->
<- visitors(13)
+ [Go on] -> road
= road
~ temp where = -> inn
{ 13 % 3 == 0:
  -> where ->
- else:
  -> market(13) ->
}
You count to {count(3)}. {READ_COUNT(-> chapter13.road)} {TURNS() > 0: Time passes.}
{stopping:
- First light.
- Second light.
}
{shuffle:
- A dog barks.
- A dog barks.
}
{shuffle once:
- An owl, and {cycle: tea|ale}.
}
~ weather = weather ^ LIST_ALL(weather)
~ mood = mood(LIST_VALUE(mood) % 2 + 1)
{"13" == "{13}": It adds up: {POW(2, 3)}, {FLOOR(2.5)}, {CEILING(2.5)}, {INT(weary)}, {FLOAT(3) / 2}, {MIN(gold, 2) + MAX(1, 3) * -1}.}
{LIST_RANGE(LIST_ALL(bag), rope, map)} {LIST_INVERT(bag)} {bag !? bread: No bread.} {mood > calm: {LIST_MIN(mood)}} {RANDOM(4, 4)}
{weather - dry} {LIST_RANDOM(weather)} {company()} of you, {not brave}.
~ bag -= (map, rope)
~ onward = -> inn
-> chapter14

/* Chapter 14
   of the road */
=== chapter14
You come to milestone 14, {name}, with {gold} coins in your purse. # place 14 # from {name}
The road is {long|longer|endless}, and the {&wind|rain|fog} does not stop; nobody else is abroad at this hour. {!A raven calls.}
~ gold = gold + 14 mod 3
~ temp steps = 0
~ next = -> chapter15
~ weary += 0.25
{ gold > FAR:
    You feel rich, <>
    and it shows.
- else:
    You feel poor <>
    and cold.
}
{
- mood == scared: Your hands shake.
- weather ? wet and not (bag ? rope): You are soaked.
- brave && 14 % 2 == 0: You whistle.
- else: You walk on. // and on
}
{ mood:
- calm: All is calm.
- wary: You look over your shoulder.
- else: Something is behind you.
}
* [Take the rope] You take the rope.
  ~ bag += rope
  { bag ? rope: It is a good rope. }
* (light14) Light the lamp[] and look around. # lamp
  The light falls on {LIST_COUNT(LIST_ALL(bag))} things: {LIST_ALL(bag)}.
  * * [Look closer] "{~A map|A map}," you say, "of {LIST_MAX(bag)}."
      ~ bag += (map, bread)
  * * (shy14) {gold > 3} "Is anyone there?"[] you ask.
      * * * \ Nobody answers.
      * * * -> deep14
  - - (deep14) You put it {out|away|back}.
+ {not light14} {CHOICE_COUNT() < 4} [Wait {a while|some more} # patience]
  You wait. {worth(gold)} {TURNS_SINCE(-> chapter14)}
  ~ grow(steps, 2)
  Now it is {steps}.
* -> deep14
- (camp14) You make camp{camp14 > 1: again}. -> rest("ember", 14) ->
<- visitors(14)
+ [Go on] -> road
= road
~ temp where = -> inn
{ 14 % 3 == 0:
  -> where ->
- else:
  -> market(14) ->
}
You count to {count(3)}. {READ_COUNT(-> chapter14.road)} {TURNS() > 0: Time passes.}
{stopping:
- First light.
- Second light.
}
{shuffle:
- A dog barks.
- A dog barks.
}
{shuffle once:
- An owl, and {cycle: tea|ale}.
}
~ weather = weather ^ LIST_ALL(weather)
~ mood = mood(LIST_VALUE(mood) % 2 + 1)
{"14" == "{14}": It adds up: {POW(2, 3)}, {FLOOR(2.5)}, {CEILING(2.5)}, {INT(weary)}, {FLOAT(3) / 2}, {MIN(gold, 2) + MAX(1, 3) * -1}.}
{LIST_RANGE(LIST_ALL(bag), rope, map)} {LIST_INVERT(bag)} {bag !? bread: No bread.} {mood > calm: {LIST_MIN(mood)}} {RANDOM(4, 4)}
{weather - dry} {LIST_RANDOM(weather)} {company()} of you, {not brave}.
~ bag -= (map, rope)
~ onward = -> inn
-> chapter15

/* Chapter 15
   of the road */
=== chapter15
You come to milestone 15, {name}, with {gold} coins in your purse. # place 15 # from {name}
The road is {long|longer|endless}, and the {&wind|rain|fog} does not stop; nobody else is abroad at this hour. {!A raven calls.}
~ gold = gold + 15 mod 3
~ temp steps = 0
~ next = -> chapter16
~ weary += 0.25
{ gold > FAR:
    You feel rich, <>
    and it shows.
- else:
    You feel poor <>
    and cold.
}
{
- mood == scared: Your hands shake.
- weather ? wet and not (bag ? rope): You are soaked.
- brave && 15 % 2 == 0: You whistle.
- else: You walk on. // and on
}
{ mood:
- calm: All is calm.
- wary: You look over your shoulder.
- else: Something is behind you.
}
* [Take the rope] You take the rope.
  ~ bag += rope
  { bag ? rope: It is a good rope. }
* (light15) Light the lamp[] and look around. # lamp
  The light falls on {LIST_COUNT(LIST_ALL(bag))} things: {LIST_ALL(bag)}.
  * * [Look closer] "{~A map|A map}," you say, "of {LIST_MAX(bag)}."
      ~ bag += (map, bread)
  * * (shy15) {gold > 3} "Is anyone there?"[] you ask.
      * * * \ Nobody answers.
      * * * -> deep15
  - - (deep15) You put it {out|away|back}.
+ {not light15} {CHOICE_COUNT() < 4} [Wait {a while|some more} # patience]
  You wait. {worth(gold)} {TURNS_SINCE(-> chapter15)}
  ~ grow(steps, 2)
  Now it is {steps}.
* -> deep15
- (camp15) You make camp{camp15 > 1: again}. -> rest("ember", 15) ->
<- visitors(15)
+ [Go on] -> road
= road
~ temp where = -> inn
{ 15 % 3 == 0:
  -> where ->
- else:
  -> market(15) ->
}
You count to {count(3)}. {READ_COUNT(-> chapter15.road)} {TURNS() > 0: Time passes.}
{stopping:
- First light.
- Second light.
}
{shuffle:
- A dog barks.
- A dog barks.
}
{shuffle once:
- An owl, and {cycle: tea|ale}.
}
~ weather = weather ^ LIST_ALL(weather)
~ mood = mood(LIST_VALUE(mood) % 2 + 1)
{"15" == "{15}": It adds up: {POW(2, 3)}, {FLOOR(2.5)}, {CEILING(2.5)}, {INT(weary)}, {FLOAT(3) / 2}, {MIN(gold, 2) + MAX(1, 3) * -1}.}
{LIST_RANGE(LIST_ALL(bag), rope, map)} {LIST_INVERT(bag)} {bag !? bread: No bread.} {mood > calm: {LIST_MIN(mood)}} {RANDOM(4, 4)}
{weather - dry} {LIST_RANDOM(weather)} {company()} of you, {not brave}.
~ bag -= (map, rope)
~ onward = -> inn
-> chapter16

/* Chapter 16
   of the road */
=== chapter16
You come to milestone 16, {name}, with {gold} coins in your purse. # place 16 # from {name}
The road is {long|longer|endless}, and the {&wind|rain|fog} does not stop; nobody else is abroad at this hour. {!A raven calls.}
~ gold = gold + 16 mod 3
~ temp steps = 0
~ next = -> chapter17
~ weary += 0.25
{ gold > FAR:
    You feel rich, <>
    and it shows.
- else:
    You feel poor <>
    and cold.
}
{
- mood == scared: Your hands shake.
- weather ? wet and not (bag ? rope): You are soaked.
- brave && 16 % 2 == 0: You whistle.
- else: You walk on. // and on
}
{ mood:
- calm: All is calm.
- wary: You look over your shoulder.
- else: Something is behind you.
}
* [Take the rope] You take the rope.
  ~ bag += rope
  { bag ? rope: It is a good rope. }
* (light16) Light the lamp[] and look around. # lamp
  The light falls on {LIST_COUNT(LIST_ALL(bag))} things: {LIST_ALL(bag)}.
  * * [Look closer] "{~A map|A map}," you say, "of {LIST_MAX(bag)}."
      ~ bag += (map, bread)
  * * (shy16) {gold > 3} "Is anyone there?"[] you ask.
      * * * \ Nobody answers.
      * * * -> deep16
  - - (deep16) You put it {out|away|back}.
+ {not light16} {CHOICE_COUNT() < 4} [Wait {a while|some more} # patience]
  You wait. {worth(gold)} {TURNS_SINCE(-> chapter16)}
  ~ grow(steps, 2)
  Now it is {steps}.
* -> deep16
- (camp16) You make camp{camp16 > 1: again}. -> rest("ember", 16) ->
<- visitors(16)
+ [Go on] -> road
= road
~ temp where = -> inn
{ 16 % 3 == 0:
  -> where ->
- else:
  -> market(16) ->
}
You count to {count(3)}. {READ_COUNT(-> chapter16.road)} {TURNS() > 0: Time passes.}
{stopping:
- First light.
- Second light.
}
{shuffle:
- A dog barks.
- A dog barks.
}
{shuffle once:
- An owl, and {cycle: tea|ale}.
}
~ weather = weather ^ LIST_ALL(weather)
~ mood = mood(LIST_VALUE(mood) % 2 + 1)
{"16" == "{16}": It adds up: {POW(2, 3)}, {FLOOR(2.5)}, {CEILING(2.5)}, {INT(weary)}, {FLOAT(3) / 2}, {MIN(gold, 2) + MAX(1, 3) * -1}.}
{LIST_RANGE(LIST_ALL(bag), rope, map)} {LIST_INVERT(bag)} {bag !? bread: No bread.} {mood > calm: {LIST_MIN(mood)}} {RANDOM(4, 4)}
{weather - dry} {LIST_RANDOM(weather)} {company()} of you, {not brave}.
~ bag -= (map, rope)
~ onward = -> inn
-> chapter17

/* Chapter 17
   of the road */
=== chapter17
You come to milestone 17, {name}, with {gold} coins in your purse. # place 17 # from {name}
The road is {long|longer|endless}, and the {&wind|rain|fog} does not stop; nobody else is abroad at this hour. {!A raven calls.}
~ gold = gold + 17 mod 3
~ temp steps = 0
~ next = -> chapter18
~ weary += 0.25
{ gold > FAR:
    You feel rich, <>
    and it shows.
- else:
    You feel poor <>
    and cold.
}
{
- mood == scared: Your hands shake.
- weather ? wet and not (bag ? rope): You are soaked.
- brave && 17 % 2 == 0: You whistle.
- else: You walk on. // and on
}
{ mood:
- calm: All is calm.
- wary: You look over your shoulder.
- else: Something is behind you.
}
* [Take the rope] You take the rope.
  ~ bag += rope
  { bag ? rope: It is a good rope. }
* (light17) Light the lamp[] and look around. # lamp
  The light falls on {LIST_COUNT(LIST_ALL(bag))} things: {LIST_ALL(bag)}.
  * * [Look closer] "{~A map|A map}," you say, "of {LIST_MAX(bag)}."
      ~ bag += (map, bread)
  * * (shy17) {gold > 3} "Is anyone there?"[] you ask.
      * * * \ Nobody answers.
      * * * -> deep17
  - - (deep17) You put it {out|away|back}.
+ {not light17} {CHOICE_COUNT() < 4} [Wait {a while|some more} # patience]
  You wait. {worth(gold)} {TURNS_SINCE(-> chapter17)}
  ~ grow(steps, 2)
  Now it is {steps}.
* -> deep17
- (camp17) You make camp{camp17 > 1: again}. -> rest("ember", 17) ->
<- visitors(17)
+ [Go on] -> road
= road
~ temp where = -> inn
{ 17 % 3 == 0:
  -> where ->
- else:
  -> market(17) ->
}
You count to {count(3)}. {READ_COUNT(-> chapter17.road)} {TURNS() > 0: Time passes.}
{stopping:
- First light.
- Second light.
}
{shuffle:
- A dog barks.
- A dog barks.
}
{shuffle once:
- An owl, and {cycle: tea|ale}.
}
~ weather = weather ^ LIST_ALL(weather)
~ mood = mood(LIST_VALUE(mood) % 2 + 1)
{"17" == "{17}": It adds up: {POW(2, 3)}, {FLOOR(2.5)}, {CEILING(2.5)}, {INT(weary)}, {FLOAT(3) / 2}, {MIN(gold, 2) + MAX(1, 3) * -1}.}
{LIST_RANGE(LIST_ALL(bag), rope, map)} {LIST_INVERT(bag)} {bag !? bread: No bread.} {mood > calm: {LIST_MIN(mood)}} {RANDOM(4, 4)}
{weather - dry} {LIST_RANDOM(weather)} {company()} of you, {not brave}.
~ bag -= (map, rope)
~ onward = -> inn
-> chapter18

/* Chapter 18
   of the road */
=== chapter18
You come to milestone 18, {name}, with {gold} coins in your purse. # place 18 # from {name}
The road is {long|longer|endless}, and the {&wind|rain|fog} does not stop; nobody else is abroad at this hour. {!A raven calls.}
~ gold = gold + 18 mod 3
~ temp steps = 0
~ next = -> chapter19
~ weary += 0.25
{ gold > FAR:
    You feel rich, <>
    and it shows.
- else:
    You feel poor <>
    and cold.
}
{
- mood == scared: Your hands shake.
- weather ? wet and not (bag ? rope): You are soaked.
- brave && 18 % 2 == 0: You whistle.
- else: You walk on. // and on
}
{ mood:
- calm: All is calm.
- wary: You look over your shoulder.
- else: Something is behind you.
}
* [Take the rope] You take the rope.
  ~ bag += rope
  { bag ? rope: It is a good rope. }
* (light18) Light the lamp[] and look around. # lamp
  The light falls on {LIST_COUNT(LIST_ALL(bag))} things: {LIST_ALL(bag)}.
  * * [Look closer] "{~A map|A map}," you say, "of {LIST_MAX(bag)}."
      ~ bag += (map, bread)
  * * (shy18) {gold > 3} "Is anyone there?"[] you ask.
      * * * \ Nobody answers.
      * * * -> deep18
  - - (deep18) You put it {out|away|back}.
+ {not light18} {CHOICE_COUNT() < 4} [Wait {a while|some more} # patience]
  You wait. {worth(gold)} {TURNS_SINCE(-> chapter18)}
  ~ grow(steps, 2)
  Now it is {steps}.
* -> deep18
- (camp18) You make camp{camp18 > 1: again}. -> rest("ember", 18) ->
<- visitors(18)
+ [Go on] -> road
= road
~ temp where = -> inn
{ 18 % 3 == 0:
  -> where ->
- else:
  -> market(18) ->
}
You count to {count(3)}. {READ_COUNT(-> chapter18.road)} {TURNS() > 0: Time passes.}
{stopping:
- First light.
- Second light.
}
{shuffle:
- A dog barks.
- A dog barks.
}
{shuffle once:
- An owl, and {cycle: tea|ale}.
}
~ weather = weather ^ LIST_ALL(weather)
~ mood = mood(LIST_VALUE(mood) % 2 + 1)
{"18" == "{18}": It adds up: {POW(2, 3)}, {FLOOR(2.5)}, {CEILING(2.5)}, {INT(weary)}, {FLOAT(3) / 2}, {MIN(gold, 2) + MAX(1, 3) * -1}.}
{LIST_RANGE(LIST_ALL(bag), rope, map)} {LIST_INVERT(bag)} {bag !? bread: No bread.} {mood > calm: {LIST_MIN(mood)}} {RANDOM(4, 4)}
{weather - dry} {LIST_RANDOM(weather)} {company()} of you, {not brave}.
~ bag -= (map, rope)
~ onward = -> inn
-> chapter19

/* Chapter 19
   of the road */
=== chapter19
You come to milestone 19, {name}, with {gold} coins in your purse. # place 19 # from {name}
The road is {long|longer|endless}, and the {&wind|rain|fog} does not stop; nobody else is abroad at this hour. {!A raven calls.}
~ gold = gold + 19 mod 3
~ temp steps = 0
~ next = -> chapter20
~ weary += 0.25
{ gold > FAR:
    You feel rich, <>
    and it shows.
- else:
    You feel poor <>
    and cold.
}
{
- mood == scared: Your hands shake.
- weather ? wet and not (bag ? rope): You are soaked.
- brave && 19 % 2 == 0: You whistle.
- else: You walk on. // and on
}
{ mood:
- calm: All is calm.
- wary: You look over your shoulder.
- else: Something is behind you.
}
* [Take the rope] You take the rope.
  ~ bag += rope
  { bag ? rope: It is a good rope. }
* (light19) Light the lamp[] and look around. # lamp
  The light falls on {LIST_COUNT(LIST_ALL(bag))} things: {LIST_ALL(bag)}.
  * * [Look closer] "{~A map|A map}," you say, "of {LIST_MAX(bag)}."
      ~ bag += (map, bread)
  * * (shy19) {gold > 3} "Is anyone there?"[] you ask.
      * * * \ Nobody answers.
      * * * -> deep19
  - - (deep19) You put it {out|away|back}.
+ {not light19} {CHOICE_COUNT() < 4} [Wait {a while|some more} # patience]
  You wait. {worth(gold)} {TURNS_SINCE(-> chapter19)}
  ~ grow(steps, 2)
  Now it is {steps}.
* -> deep19
- (camp19) You make camp{camp19 > 1: again}. -> rest("ember", 19) ->
<- visitors(19)
+ [Go on] -> road
= road
~ temp where = -> inn
{ 19 % 3 == 0:
  -> where ->
- else:
  -> market(19) ->
}
You count to {count(3)}. {READ_COUNT(-> chapter19.road)} {TURNS() > 0: Time passes.}
{stopping:
- First light.
- Second light.
}
{shuffle:
- A dog barks.
- A dog barks.
}
{shuffle once:
- An owl, and {cycle: tea|ale}.
}
~ weather = weather ^ LIST_ALL(weather)
~ mood = mood(LIST_VALUE(mood) % 2 + 1)
{"19" == "{19}": It adds up: {POW(2, 3)}, {FLOOR(2.5)}, {CEILING(2.5)}, {INT(weary)}, {FLOAT(3) / 2}, {MIN(gold, 2) + MAX(1, 3) * -1}.}
{LIST_RANGE(LIST_ALL(bag), rope, map)} {LIST_INVERT(bag)} {bag !? bread: No bread.} {mood > calm: {LIST_MIN(mood)}} {RANDOM(4, 4)}
{weather - dry} {LIST_RANDOM(weather)} {company()} of you, {not brave}.
~ bag -= (map, rope)
~ onward = -> inn
-> chapter20

/* Chapter 20
   of the road */
=== chapter20
You come to milestone 20, {name}, with {gold} coins in your purse. # place 20 # from {name}
The road is {long|longer|endless}, and the {&wind|rain|fog} does not stop; nobody else is abroad at this hour. {!A raven calls.}
~ gold = gold + 20 mod 3
~ temp steps = 0
~ next = -> chapter21
~ weary += 0.25
{ gold > FAR:
    You feel rich, <>
    and it shows.
- else:
    You feel poor <>
    and cold.
}
{
- mood == scared: Your hands shake.
- weather ? wet and not (bag ? rope): You are soaked.
- brave && 20 % 2 == 0: You whistle.
- else: You walk on. // and on
}
{ mood:
- calm: All is calm.
- wary: You look over your shoulder.
- else: Something is behind you.
}
* [Take the rope] You take the rope.
  ~ bag += rope
  { bag ? rope: It is a good rope. }
* (light20) Light the lamp[] and look around. # lamp
  The light falls on {LIST_COUNT(LIST_ALL(bag))} things: {LIST_ALL(bag)}.
  * * [Look closer] "{~A map|A map}," you say, "of {LIST_MAX(bag)}."
      ~ bag += (map, bread)
  * * (shy20) {gold > 3} "Is anyone there?"[] you ask.
      * * * \ Nobody answers.
      * * * -> deep20
  - - (deep20) You put it {out|away|back}.
+ {not light20} {CHOICE_COUNT() < 4} [Wait {a while|some more} # patience]
  You wait. {worth(gold)} {TURNS_SINCE(-> chapter20)}
  ~ grow(steps, 2)
  Now it is {steps}.
* -> deep20
- (camp20) You make camp{camp20 > 1: again}. -> rest("ember", 20) ->
<- visitors(20)
+ [Go on] -> road
= road
~ temp where = -> inn
{ 20 % 3 == 0:
  -> where ->
- else:
  -> market(20) ->
}
You count to {count(3)}. {READ_COUNT(-> chapter20.road)} {TURNS() > 0: Time passes.}
{stopping:
- First light.
- Second light.
}
{shuffle:
- A dog barks.
- A dog barks.
}
{shuffle once:
- An owl, and {cycle: tea|ale}.
}
~ weather = weather ^ LIST_ALL(weather)
~ mood = mood(LIST_VALUE(mood) % 2 + 1)
{"20" == "{20}": It adds up: {POW(2, 3)}, {FLOOR(2.5)}, {CEILING(2.5)}, {INT(weary)}, {FLOAT(3) / 2}, {MIN(gold, 2) + MAX(1, 3) * -1}.}
{LIST_RANGE(LIST_ALL(bag), rope, map)} {LIST_INVERT(bag)} {bag !? bread: No bread.} {mood > calm: {LIST_MIN(mood)}} {RANDOM(4, 4)}
{weather - dry} {LIST_RANDOM(weather)} {company()} of you, {not brave}.
~ bag -= (map, rope)
~ onward = -> inn
-> chapter21

/* Chapter 21
   of the road */
=== chapter21
You come to milestone 21, {name}, with {gold} coins in your purse. # place 21 # from {name}
The road is {long|longer|endless}, and the {&wind|rain|fog} does not stop; nobody else is abroad at this hour. {!A raven calls.}
~ gold = gold + 21 mod 3
~ temp steps = 0
~ next = -> chapter22
~ weary += 0.25
{ gold > FAR:
    You feel rich, <>
    and it shows.
- else:
    You feel poor <>
    and cold.
}
{
- mood == scared: Your hands shake.
- weather ? wet and not (bag ? rope): You are soaked.
- brave && 21 % 2 == 0: You whistle.
- else: You walk on. // and on
}
{ mood:
- calm: All is calm.
- wary: You look over your shoulder.
- else: Something is behind you.
}
* [Take the rope] You take the rope.
  ~ bag += rope
  { bag ? rope: It is a good rope. }
* (light21) Light the lamp[] and look around. # lamp
  The light falls on {LIST_COUNT(LIST_ALL(bag))} things: {LIST_ALL(bag)}.
  * * [Look closer] "{~A map|A map}," you say, "of {LIST_MAX(bag)}."
      ~ bag += (map, bread)
  * * (shy21) {gold > 3} "Is anyone there?"[] you ask.
      * * * \ Nobody answers.
      * * * -> deep21
  - - (deep21) You put it {out|away|back}.
+ {not light21} {CHOICE_COUNT() < 4} [Wait {a while|some more} # patience]
  You wait. {worth(gold)} {TURNS_SINCE(-> chapter21)}
  ~ grow(steps, 2)
  Now it is {steps}.
* -> deep21
- (camp21) You make camp{camp21 > 1: again}. -> rest("ember", 21) ->
<- visitors(21)
+ [Go on] -> road
= road
~ temp where = -> inn
{ 21 % 3 == 0:
  -> where ->
- else:
  -> market(21) ->
}
You count to {count(3)}. {READ_COUNT(-> chapter21.road)} {TURNS() > 0: Time passes.}
{stopping:
- First light.
- Second light.
}
{shuffle:
- A dog barks.
- A dog barks.
}
{shuffle once:
- An owl, and {cycle: tea|ale}.
}
~ weather = weather ^ LIST_ALL(weather)
~ mood = mood(LIST_VALUE(mood) % 2 + 1)
{"21" == "{21}": It adds up: {POW(2, 3)}, {FLOOR(2.5)}, {CEILING(2.5)}, {INT(weary)}, {FLOAT(3) / 2}, {MIN(gold, 2) + MAX(1, 3) * -1}.}
{LIST_RANGE(LIST_ALL(bag), rope, map)} {LIST_INVERT(bag)} {bag !? bread: No bread.} {mood > calm: {LIST_MIN(mood)}} {RANDOM(4, 4)}
{weather - dry} {LIST_RANDOM(weather)} {company()} of you, {not brave}.
~ bag -= (map, rope)
~ onward = -> inn
-> chapter22

/* Chapter 22
   of the road */
=== chapter22
You come to milestone 22, {name}, with {gold} coins in your purse. # place 22 # from {name}
The road is {long|longer|endless}, and the {&wind|rain|fog} does not stop; nobody else is abroad at this hour. {!A raven calls.}
~ gold = gold + 22 mod 3
~ temp steps = 0
~ next = -> chapter23
~ weary += 0.25
{ gold > FAR:
    You feel rich, <>
    and it shows.
- else:
    You feel poor <>
    and cold.
}
{
- mood == scared: Your hands shake.
- weather ? wet and not (bag ? rope): You are soaked.
- brave && 22 % 2 == 0: You whistle.
- else: You walk on. // and on
}
{ mood:
- calm: All is calm.
- wary: You look over your shoulder.
- else: Something is behind you.
}
* [Take the rope] You take the rope.
  ~ bag += rope
  { bag ? rope: It is a good rope. }
* (light22) Light the lamp[] and look around. # lamp
  The light falls on {LIST_COUNT(LIST_ALL(bag))} things: {LIST_ALL(bag)}.
  * * [Look closer] "{~A map|A map}," you say, "of {LIST_MAX(bag)}."
      ~ bag += (map, bread)
  * * (shy22) {gold > 3} "Is anyone there?"[] you ask.
      * * * \ Nobody answers.
      * * * -> deep22
  - - (deep22) You put it {out|away|back}.
+ {not light22} {CHOICE_COUNT() < 4} [Wait {a while|some more} # patience]
  You wait. {worth(gold)} {TURNS_SINCE(-> chapter22)}
  ~ grow(steps, 2)
  Now it is {steps}.
* -> deep22
- (camp22) You make camp{camp22 > 1: again}. -> rest("ember", 22) ->
<- visitors(22)
+ [Go on] -> road
= road
~ temp where = -> inn
{ 22 % 3 == 0:
  -> where ->
- else:
  -> market(22) ->
}
You count to {count(3)}. {READ_COUNT(-> chapter22.road)} {TURNS() > 0: Time passes.}
{stopping:
- First light.
- Second light.
}
{shuffle:
- A dog barks.
- A dog barks.
}
{shuffle once:
- An owl, and {cycle: tea|ale}.
}
~ weather = weather ^ LIST_ALL(weather)
~ mood = mood(LIST_VALUE(mood) % 2 + 1)
{"22" == "{22}": It adds up: {POW(2, 3)}, {FLOOR(2.5)}, {CEILING(2.5)}, {INT(weary)}, {FLOAT(3) / 2}, {MIN(gold, 2) + MAX(1, 3) * -1}.}
{LIST_RANGE(LIST_ALL(bag), rope, map)} {LIST_INVERT(bag)} {bag !? bread: No bread.} {mood > calm: {LIST_MIN(mood)}} {RANDOM(4, 4)}
{weather - dry} {LIST_RANDOM(weather)} {company()} of you, {not brave}.
~ bag -= (map, rope)
~ onward = -> inn
-> chapter23

/* Chapter 23
   of the road */
=== chapter23
You come to milestone 23, {name}, with {gold} coins in your purse. # place 23 # from {name}
The road is {long|longer|endless}, and the {&wind|rain|fog} does not stop; nobody else is abroad at this hour. {!A raven calls.}
~ gold = gold + 23 mod 3
~ temp steps = 0
~ next = -> chapter24
~ weary += 0.25
{ gold > FAR:
    You feel rich, <>
    and it shows.
- else:
    You feel poor <>
    and cold.
}
{
- mood == scared: Your hands shake.
- weather ? wet and not (bag ? rope): You are soaked.
- brave && 23 % 2 == 0: You whistle.
- else: You walk on. // and on
}
{ mood:
- calm: All is calm.
- wary: You look over your shoulder.
- else: Something is behind you.
}
* [Take the rope] You take the rope.
  ~ bag += rope
  { bag ? rope: It is a good rope. }
* (light23) Light the lamp[] and look around. # lamp
  The light falls on {LIST_COUNT(LIST_ALL(bag))} things: {LIST_ALL(bag)}.
  * * [Look closer] "{~A map|A map}," you say, "of {LIST_MAX(bag)}."
      ~ bag += (map, bread)
  * * (shy23) {gold > 3} "Is anyone there?"[] you ask.
      * * * \ Nobody answers.
      * * * -> deep23
  - - (deep23) You put it {out|away|back}.
+ {not light23} {CHOICE_COUNT() < 4} [Wait {a while|some more} # patience]
  You wait. {worth(gold)} {TURNS_SINCE(-> chapter23)}
  ~ grow(steps, 2)
  Now it is {steps}.
* -> deep23
- (camp23) You make camp{camp23 > 1: again}. -> rest("ember", 23) ->
<- visitors(23)
+ [Go on] -> road
= road
~ temp where = -> inn
{ 23 % 3 == 0:
  -> where ->
- else:
  -> market(23) ->
}
You count to {count(3)}. {READ_COUNT(-> chapter23.road)} {TURNS() > 0: Time passes.}
{stopping:
- First light.
- Second light.
}
{shuffle:
- A dog barks.
- A dog barks.
}
{shuffle once:
- An owl, and {cycle: tea|ale}.
}
~ weather = weather ^ LIST_ALL(weather)
~ mood = mood(LIST_VALUE(mood) % 2 + 1)
{"23" == "{23}": It adds up: {POW(2, 3)}, {FLOOR(2.5)}, {CEILING(2.5)}, {INT(weary)}, {FLOAT(3) / 2}, {MIN(gold, 2) + MAX(1, 3) * -1}.}
{LIST_RANGE(LIST_ALL(bag), rope, map)} {LIST_INVERT(bag)} {bag !? bread: No bread.} {mood > calm: {LIST_MIN(mood)}} {RANDOM(4, 4)}
{weather - dry} {LIST_RANDOM(weather)} {company()} of you, {not brave}.
~ bag -= (map, rope)
~ onward = -> inn
-> chapter24

/* Chapter 24
   of the road */
=== chapter24
You come to milestone 24, {name}, with {gold} coins in your purse. # place 24 # from {name}
The road is {long|longer|endless}, and the {&wind|rain|fog} does not stop; nobody else is abroad at this hour. {!A raven calls.}
~ gold = gold + 24 mod 3
~ temp steps = 0
~ next = -> chapter25
~ weary += 0.25
{ gold > FAR:
    You feel rich, <>
    and it shows.
- else:
    You feel poor <>
    and cold.
}
{
- mood == scared: Your hands shake.
- weather ? wet and not (bag ? rope): You are soaked.
- brave && 24 % 2 == 0: You whistle.
- else: You walk on. // and on
}
{ mood:
- calm: All is calm.
- wary: You look over your shoulder.
- else: Something is behind you.
}
* [Take the rope] You take the rope.
  ~ bag += rope
  { bag ? rope: It is a good rope. }
* (light24) Light the lamp[] and look around. # lamp
  The light falls on {LIST_COUNT(LIST_ALL(bag))} things: {LIST_ALL(bag)}.
  * * [Look closer] "{~A map|A map}," you say, "of {LIST_MAX(bag)}."
      ~ bag += (map, bread)
  * * (shy24) {gold > 3} "Is anyone there?"[] you ask.
      * * * \ Nobody answers.
      * * * -> deep24
  - - (deep24) You put it {out|away|back}.
+ {not light24} {CHOICE_COUNT() < 4} [Wait {a while|some more} # patience]
  You wait. {worth(gold)} {TURNS_SINCE(-> chapter24)}
  ~ grow(steps, 2)
  Now it is {steps}.
* -> deep24
- (camp24) You make camp{camp24 > 1: again}. -> rest("ember", 24) ->
<- visitors(24)
+ [Go on] -> road
= road
~ temp where = -> inn
{ 24 % 3 == 0:
  -> where ->
- else:
  -> market(24) ->
}
You count to {count(3)}. {READ_COUNT(-> chapter24.road)} {TURNS() > 0: Time passes.}
{stopping:
- First light.
- Second light.
}
{shuffle:
- A dog barks.
- A dog barks.
}
{shuffle once:
- An owl, and {cycle: tea|ale}.
}
~ weather = weather ^ LIST_ALL(weather)
~ mood = mood(LIST_VALUE(mood) % 2 + 1)
{"24" == "{24}": It adds up: {POW(2, 3)}, {FLOOR(2.5)}, {CEILING(2.5)}, {INT(weary)}, {FLOAT(3) / 2}, {MIN(gold, 2) + MAX(1, 3) * -1}.}
{LIST_RANGE(LIST_ALL(bag), rope, map)} {LIST_INVERT(bag)} {bag !? bread: No bread.} {mood > calm: {LIST_MIN(mood)}} {RANDOM(4, 4)}
{weather - dry} {LIST_RANDOM(weather)} {company()} of you, {not brave}.
~ bag -= (map, rope)
~ onward = -> inn
-> chapter25

/* Chapter 25
   of the road */
=== chapter25
You come to milestone 25, {name}, with {gold} coins in your purse. # place 25 # from {name}
The road is {long|longer|endless}, and the {&wind|rain|fog} does not stop; nobody else is abroad at this hour. {!A raven calls.}
~ gold = gold + 25 mod 3
~ temp steps = 0
~ next = -> chapter26
~ weary += 0.25
{ gold > FAR:
    You feel rich, <>
    and it shows.
- else:
    You feel poor <>
    and cold.
}
{
- mood == scared: Your hands shake.
- weather ? wet and not (bag ? rope): You are soaked.
- brave && 25 % 2 == 0: You whistle.
- else: You walk on. // and on
}
{ mood:
- calm: All is calm.
- wary: You look over your shoulder.
- else: Something is behind you.
}
* [Take the rope] You take the rope.
  ~ bag += rope
  { bag ? rope: It is a good rope. }
* (light25) Light the lamp[] and look around. # lamp
  The light falls on {LIST_COUNT(LIST_ALL(bag))} things: {LIST_ALL(bag)}.
  * * [Look closer] "{~A map|A map}," you say, "of {LIST_MAX(bag)}."
      ~ bag += (map, bread)
  * * (shy25) {gold > 3} "Is anyone there?"[] you ask.
      * * * \ Nobody answers.
      * * * -> deep25
  - - (deep25) You put it {out|away|back}.
+ {not light25} {CHOICE_COUNT() < 4} [Wait {a while|some more} # patience]
  You wait. {worth(gold)} {TURNS_SINCE(-> chapter25)}
  ~ grow(steps, 2)
  Now it is {steps}.
* -> deep25
- (camp25) You make camp{camp25 > 1: again}. -> rest("ember", 25) ->
<- visitors(25)
+ [Go on] -> road
= road
~ temp where = -> inn
{ 25 % 3 == 0:
  -> where ->
- else:
  -> market(25) ->
}
You count to {count(3)}. {READ_COUNT(-> chapter25.road)} {TURNS() > 0: Time passes.}
{stopping:
- First light.
- Second light.
}
{shuffle:
- A dog barks.
- A dog barks.
}
{shuffle once:
- An owl, and {cycle: tea|ale}.
}
~ weather = weather ^ LIST_ALL(weather)
~ mood = mood(LIST_VALUE(mood) % 2 + 1)
{"25" == "{25}": It adds up: {POW(2, 3)}, {FLOOR(2.5)}, {CEILING(2.5)}, {INT(weary)}, {FLOAT(3) / 2}, {MIN(gold, 2) + MAX(1, 3) * -1}.}
{LIST_RANGE(LIST_ALL(bag), rope, map)} {LIST_INVERT(bag)} {bag !? bread: No bread.} {mood > calm: {LIST_MIN(mood)}} {RANDOM(4, 4)}
{weather - dry} {LIST_RANDOM(weather)} {company()} of you, {not brave}.
~ bag -= (map, rope)
~ onward = -> inn
-> chapter26

/* Chapter 26
   of the road */
=== chapter26
You come to milestone 26, {name}, with {gold} coins in your purse. # place 26 # from {name}
The road is {long|longer|endless}, and the {&wind|rain|fog} does not stop; nobody else is abroad at this hour. {!A raven calls.}
~ gold = gold + 26 mod 3
~ temp steps = 0
~ next = -> chapter27
~ weary += 0.25
{ gold > FAR:
    You feel rich, <>
    and it shows.
- else:
    You feel poor <>
    and cold.
}
{
- mood == scared: Your hands shake.
- weather ? wet and not (bag ? rope): You are soaked.
- brave && 26 % 2 == 0: You whistle.
- else: You walk on. // and on
}
{ mood:
- calm: All is calm.
- wary: You look over your shoulder.
- else: Something is behind you.
}
* [Take the rope] You take the rope.
  ~ bag += rope
  { bag ? rope: It is a good rope. }
* (light26) Light the lamp[] and look around. # lamp
  The light falls on {LIST_COUNT(LIST_ALL(bag))} things: {LIST_ALL(bag)}.
  * * [Look closer] "{~A map|A map}," you say, "of {LIST_MAX(bag)}."
      ~ bag += (map, bread)
  * * (shy26) {gold > 3} "Is anyone there?"[] you ask.
      * * * \ Nobody answers.
      * * * -> deep26
  - - (deep26) You put it {out|away|back}.
+ {not light26} {CHOICE_COUNT() < 4} [Wait {a while|some more} # patience]
  You wait. {worth(gold)} {TURNS_SINCE(-> chapter26)}
  ~ grow(steps, 2)
  Now it is {steps}.
* -> deep26
- (camp26) You make camp{camp26 > 1: again}. -> rest("ember", 26) ->
<- visitors(26)
+ [Go on] -> road
= road
~ temp where = -> inn
{ 26 % 3 == 0:
  -> where ->
- else:
  -> market(26) ->
}
You count to {count(3)}. {READ_COUNT(-> chapter26.road)} {TURNS() > 0: Time passes.}
{stopping:
- First light.
- Second light.
}
{shuffle:
- A dog barks.
- A dog barks.
}
{shuffle once:
- An owl, and {cycle: tea|ale}.
}
~ weather = weather ^ LIST_ALL(weather)
~ mood = mood(LIST_VALUE(mood) % 2 + 1)
{"26" == "{26}": It adds up: {POW(2, 3)}, {FLOOR(2.5)}, {CEILING(2.5)}, {INT(weary)}, {FLOAT(3) / 2}, {MIN(gold, 2) + MAX(1, 3) * -1}.}
{LIST_RANGE(LIST_ALL(bag), rope, map)} {LIST_INVERT(bag)} {bag !? bread: No bread.} {mood > calm: {LIST_MIN(mood)}} {RANDOM(4, 4)}
{weather - dry} {LIST_RANDOM(weather)} {company()} of you, {not brave}.
~ bag -= (map, rope)
~ onward = -> inn
-> chapter27

/* Chapter 27
   of the road */
=== chapter27
You come to milestone 27, {name}, with {gold} coins in your purse. # place 27 # from {name}
The road is {long|longer|endless}, and the {&wind|rain|fog} does not stop; nobody else is abroad at this hour. {!A raven calls.}
~ gold = gold + 27 mod 3
~ temp steps = 0
~ next = -> chapter28
~ weary += 0.25
{ gold > FAR:
    You feel rich, <>
    and it shows.
- else:
    You feel poor <>
    and cold.
}
{
- mood == scared: Your hands shake.
- weather ? wet and not (bag ? rope): You are soaked.
- brave && 27 % 2 == 0: You whistle.
- else: You walk on. // and on
}
{ mood:
- calm: All is calm.
- wary: You look over your shoulder.
- else: Something is behind you.
}
* [Take the rope] You take the rope.
  ~ bag += rope
  { bag ? rope: It is a good rope. }
* (light27) Light the lamp[] and look around. # lamp
  The light falls on {LIST_COUNT(LIST_ALL(bag))} things: {LIST_ALL(bag)}.
  * * [Look closer] "{~A map|A map}," you say, "of {LIST_MAX(bag)}."
      ~ bag += (map, bread)
  * * (shy27) {gold > 3} "Is anyone there?"[] you ask.
      * * * \ Nobody answers.
      * * * -> deep27
  - - (deep27) You put it {out|away|back}.
+ {not light27} {CHOICE_COUNT() < 4} [Wait {a while|some more} # patience]
  You wait. {worth(gold)} {TURNS_SINCE(-> chapter27)}
  ~ grow(steps, 2)
  Now it is {steps}.
* -> deep27
- (camp27) You make camp{camp27 > 1: again}. -> rest("ember", 27) ->
<- visitors(27)
+ [Go on] -> road
= road
~ temp where = -> inn
{ 27 % 3 == 0:
  -> where ->
- else:
  -> market(27) ->
}
You count to {count(3)}. {READ_COUNT(-> chapter27.road)} {TURNS() > 0: Time passes.}
{stopping:
- First light.
- Second light.
}
{shuffle:
- A dog barks.
- A dog barks.
}
{shuffle once:
- An owl, and {cycle: tea|ale}.
}
~ weather = weather ^ LIST_ALL(weather)
~ mood = mood(LIST_VALUE(mood) % 2 + 1)
{"27" == "{27}": It adds up: {POW(2, 3)}, {FLOOR(2.5)}, {CEILING(2.5)}, {INT(weary)}, {FLOAT(3) / 2}, {MIN(gold, 2) + MAX(1, 3) * -1}.}
{LIST_RANGE(LIST_ALL(bag), rope, map)} {LIST_INVERT(bag)} {bag !? bread: No bread.} {mood > calm: {LIST_MIN(mood)}} {RANDOM(4, 4)}
{weather - dry} {LIST_RANDOM(weather)} {company()} of you, {not brave}.
~ bag -= (map, rope)
~ onward = -> inn
-> chapter28

/* Chapter 28
   of the road */
=== chapter28
You come to milestone 28, {name}, with {gold} coins in your purse. # place 28 # from {name}
The road is {long|longer|endless}, and the {&wind|rain|fog} does not stop; nobody else is abroad at this hour. {!A raven calls.}
~ gold = gold + 28 mod 3
~ temp steps = 0
~ next = -> chapter29
~ weary += 0.25
{ gold > FAR:
    You feel rich, <>
    and it shows.
- else:
    You feel poor <>
    and cold.
}
{
- mood == scared: Your hands shake.
- weather ? wet and not (bag ? rope): You are soaked.
- brave && 28 % 2 == 0: You whistle.
- else: You walk on. // and on
}
{ mood:
- calm: All is calm.
- wary: You look over your shoulder.
- else: Something is behind you.
}
* [Take the rope] You take the rope.
  ~ bag += rope
  { bag ? rope: It is a good rope. }
* (light28) Light the lamp[] and look around. # lamp
  The light falls on {LIST_COUNT(LIST_ALL(bag))} things: {LIST_ALL(bag)}.
  * * [Look closer] "{~A map|A map}," you say, "of {LIST_MAX(bag)}."
      ~ bag += (map, bread)
  * * (shy28) {gold > 3} "Is anyone there?"[] you ask.
      * * * \ Nobody answers.
      * * * -> deep28
  - - (deep28) You put it {out|away|back}.
+ {not light28} {CHOICE_COUNT() < 4} [Wait {a while|some more} # patience]
  You wait. {worth(gold)} {TURNS_SINCE(-> chapter28)}
  ~ grow(steps, 2)
  Now it is {steps}.
* -> deep28
- (camp28) You make camp{camp28 > 1: again}. -> rest("ember", 28) ->
<- visitors(28)
+ [Go on] -> road
= road
~ temp where = -> inn
{ 28 % 3 == 0:
  -> where ->
- else:
  -> market(28) ->
}
You count to {count(3)}. {READ_COUNT(-> chapter28.road)} {TURNS() > 0: Time passes.}
{stopping:
- First light.
- Second light.
}
{shuffle:
- A dog barks.
- A dog barks.
}
{shuffle once:
- An owl, and {cycle: tea|ale}.
}
~ weather = weather ^ LIST_ALL(weather)
~ mood = mood(LIST_VALUE(mood) % 2 + 1)
{"28" == "{28}": It adds up: {POW(2, 3)}, {FLOOR(2.5)}, {CEILING(2.5)}, {INT(weary)}, {FLOAT(3) / 2}, {MIN(gold, 2) + MAX(1, 3) * -1}.}
{LIST_RANGE(LIST_ALL(bag), rope, map)} {LIST_INVERT(bag)} {bag !? bread: No bread.} {mood > calm: {LIST_MIN(mood)}} {RANDOM(4, 4)}
{weather - dry} {LIST_RANDOM(weather)} {company()} of you, {not brave}.
~ bag -= (map, rope)
~ onward = -> inn
-> chapter29

/* Chapter 29
   of the road */
=== chapter29
You come to milestone 29, {name}, with {gold} coins in your purse. # place 29 # from {name}
The road is {long|longer|endless}, and the {&wind|rain|fog} does not stop; nobody else is abroad at this hour. {!A raven calls.}
~ gold = gold + 29 mod 3
~ temp steps = 0
~ next = -> chapter30
~ weary += 0.25
{ gold > FAR:
    You feel rich, <>
    and it shows.
- else:
    You feel poor <>
    and cold.
}
{
- mood == scared: Your hands shake.
- weather ? wet and not (bag ? rope): You are soaked.
- brave && 29 % 2 == 0: You whistle.
- else: You walk on. // and on
}
{ mood:
- calm: All is calm.
- wary: You look over your shoulder.
- else: Something is behind you.
}
* [Take the rope] You take the rope.
  ~ bag += rope
  { bag ? rope: It is a good rope. }
* (light29) Light the lamp[] and look around. # lamp
  The light falls on {LIST_COUNT(LIST_ALL(bag))} things: {LIST_ALL(bag)}.
  * * [Look closer] "{~A map|A map}," you say, "of {LIST_MAX(bag)}."
      ~ bag += (map, bread)
  * * (shy29) {gold > 3} "Is anyone there?"[] you ask.
      * * * \ Nobody answers.
      * * * -> deep29
  - - (deep29) You put it {out|away|back}.
+ {not light29} {CHOICE_COUNT() < 4} [Wait {a while|some more} # patience]
  You wait. {worth(gold)} {TURNS_SINCE(-> chapter29)}
  ~ grow(steps, 2)
  Now it is {steps}.
* -> deep29
- (camp29) You make camp{camp29 > 1: again}. -> rest("ember", 29) ->
<- visitors(29)
+ [Go on] -> road
= road
~ temp where = -> inn
{ 29 % 3 == 0:
  -> where ->
- else:
  -> market(29) ->
}
You count to {count(3)}. {READ_COUNT(-> chapter29.road)} {TURNS() > 0: Time passes.}
{stopping:
- First light.
- Second light.
}
{shuffle:
- A dog barks.
- A dog barks.
}
{shuffle once:
- An owl, and {cycle: tea|ale}.
}
~ weather = weather ^ LIST_ALL(weather)
~ mood = mood(LIST_VALUE(mood) % 2 + 1)
{"29" == "{29}": It adds up: {POW(2, 3)}, {FLOOR(2.5)}, {CEILING(2.5)}, {INT(weary)}, {FLOAT(3) / 2}, {MIN(gold, 2) + MAX(1, 3) * -1}.}
{LIST_RANGE(LIST_ALL(bag), rope, map)} {LIST_INVERT(bag)} {bag !? bread: No bread.} {mood > calm: {LIST_MIN(mood)}} {RANDOM(4, 4)}
{weather - dry} {LIST_RANDOM(weather)} {company()} of you, {not brave}.
~ bag -= (map, rope)
~ onward = -> inn
-> chapter30

/* Chapter 30
   of the road */
=== chapter30
You come to milestone 30, {name}, with {gold} coins in your purse. # place 30 # from {name}
The road is {long|longer|endless}, and the {&wind|rain|fog} does not stop; nobody else is abroad at this hour. {!A raven calls.}
~ gold = gold + 30 mod 3
~ temp steps = 0
~ next = -> chapter31
~ weary += 0.25
{ gold > FAR:
    You feel rich, <>
    and it shows.
- else:
    You feel poor <>
    and cold.
}
{
- mood == scared: Your hands shake.
- weather ? wet and not (bag ? rope): You are soaked.
- brave && 30 % 2 == 0: You whistle.
- else: You walk on. // and on
}
{ mood:
- calm: All is calm.
- wary: You look over your shoulder.
- else: Something is behind you.
}
* [Take the rope] You take the rope.
  ~ bag += rope
  { bag ? rope: It is a good rope. }
* (light30) Light the lamp[] and look around. # lamp
  The light falls on {LIST_COUNT(LIST_ALL(bag))} things: {LIST_ALL(bag)}.
  * * [Look closer] "{~A map|A map}," you say, "of {LIST_MAX(bag)}."
      ~ bag += (map, bread)
  * * (shy30) {gold > 3} "Is anyone there?"[] you ask.
      * * * \ Nobody answers.
      * * * -> deep30
  - - (deep30) You put it {out|away|back}.
+ {not light30} {CHOICE_COUNT() < 4} [Wait {a while|some more} # patience]
  You wait. {worth(gold)} {TURNS_SINCE(-> chapter30)}
  ~ grow(steps, 2)
  Now it is {steps}.
* -> deep30
- (camp30) You make camp{camp30 > 1: again}. -> rest("ember", 30) ->
<- visitors(30)
+ [Go on] -> road
= road
~ temp where = -> inn
{ 30 % 3 == 0:
  -> where ->
- else:
  -> market(30) ->
}
You count to {count(3)}. {READ_COUNT(-> chapter30.road)} {TURNS() > 0: Time passes.}
{stopping:
- First light.
- Second light.
}
{shuffle:
- A dog barks.
- A dog barks.
}
{shuffle once:
- An owl, and {cycle: tea|ale}.
}
~ weather = weather ^ LIST_ALL(weather)
~ mood = mood(LIST_VALUE(mood) % 2 + 1)
{"30" == "{30}": It adds up: {POW(2, 3)}, {FLOOR(2.5)}, {CEILING(2.5)}, {INT(weary)}, {FLOAT(3) / 2}, {MIN(gold, 2) + MAX(1, 3) * -1}.}
{LIST_RANGE(LIST_ALL(bag), rope, map)} {LIST_INVERT(bag)} {bag !? bread: No bread.} {mood > calm: {LIST_MIN(mood)}} {RANDOM(4, 4)}
{weather - dry} {LIST_RANDOM(weather)} {company()} of you, {not brave}.
~ bag -= (map, rope)
~ onward = -> inn
-> chapter31

/* Chapter 31
   of the road */
=== chapter31
You come to milestone 31, {name}, with {gold} coins in your purse. # place 31 # from {name}
The road is {long|longer|endless}, and the {&wind|rain|fog} does not stop; nobody else is abroad at this hour. {!A raven calls.}
~ gold = gold + 31 mod 3
~ temp steps = 0
~ next = -> chapter32
~ weary += 0.25
{ gold > FAR:
    You feel rich, <>
    and it shows.
- else:
    You feel poor <>
    and cold.
}
{
- mood == scared: Your hands shake.
- weather ? wet and not (bag ? rope): You are soaked.
- brave && 31 % 2 == 0: You whistle.
- else: You walk on. // and on
}
{ mood:
- calm: All is calm.
- wary: You look over your shoulder.
- else: Something is behind you.
}
* [Take the rope] You take the rope.
  ~ bag += rope
  { bag ? rope: It is a good rope. }
* (light31) Light the lamp[] and look around. # lamp
  The light falls on {LIST_COUNT(LIST_ALL(bag))} things: {LIST_ALL(bag)}.
  * * [Look closer] "{~A map|A map}," you say, "of {LIST_MAX(bag)}."
      ~ bag += (map, bread)
  * * (shy31) {gold > 3} "Is anyone there?"[] you ask.
      * * * \ Nobody answers.
      * * * -> deep31
  - - (deep31) You put it {out|away|back}.
+ {not light31} {CHOICE_COUNT() < 4} [Wait {a while|some more} # patience]
  You wait. {worth(gold)} {TURNS_SINCE(-> chapter31)}
  ~ grow(steps, 2)
  Now it is {steps}.
* -> deep31
- (camp31) You make camp{camp31 > 1: again}. -> rest("ember", 31) ->
<- visitors(31)
+ [Go on] -> road
= road
~ temp where = -> inn
{ 31 % 3 == 0:
  -> where ->
- else:
  -> market(31) ->
}
You count to {count(3)}. {READ_COUNT(-> chapter31.road)} {TURNS() > 0: Time passes.}
{stopping:
- First light.
- Second light.
}
{shuffle:
- A dog barks.
- A dog barks.
}
{shuffle once:
- An owl, and {cycle: tea|ale}.
}
~ weather = weather ^ LIST_ALL(weather)
~ mood = mood(LIST_VALUE(mood) % 2 + 1)
{"31" == "{31}": It adds up: {POW(2, 3)}, {FLOOR(2.5)}, {CEILING(2.5)}, {INT(weary)}, {FLOAT(3) / 2}, {MIN(gold, 2) + MAX(1, 3) * -1}.}
{LIST_RANGE(LIST_ALL(bag), rope, map)} {LIST_INVERT(bag)} {bag !? bread: No bread.} {mood > calm: {LIST_MIN(mood)}} {RANDOM(4, 4)}
{weather - dry} {LIST_RANDOM(weather)} {company()} of you, {not brave}.
~ bag -= (map, rope)
~ onward = -> inn
-> chapter32

/* Chapter 32
   of the road */
=== chapter32
You come to milestone 32, {name}, with {gold} coins in your purse. # place 32 # from {name}
The road is {long|longer|endless}, and the {&wind|rain|fog} does not stop; nobody else is abroad at this hour. {!A raven calls.}
~ gold = gold + 32 mod 3
~ temp steps = 0
~ next = -> chapter33
~ weary += 0.25
{ gold > FAR:
    You feel rich, <>
    and it shows.
- else:
    You feel poor <>
    and cold.
}
{
- mood == scared: Your hands shake.
- weather ? wet and not (bag ? rope): You are soaked.
- brave && 32 % 2 == 0: You whistle.
- else: You walk on. // and on
}
{ mood:
- calm: All is calm.
- wary: You look over your shoulder.
- else: Something is behind you.
}
* [Take the rope] You take the rope.
  ~ bag += rope
  { bag ? rope: It is a good rope. }
* (light32) Light the lamp[] and look around. # lamp
  The light falls on {LIST_COUNT(LIST_ALL(bag))} things: {LIST_ALL(bag)}.
  * * [Look closer] "{~A map|A map}," you say, "of {LIST_MAX(bag)}."
      ~ bag += (map, bread)
  * * (shy32) {gold > 3} "Is anyone there?"[] you ask.
      * * * \ Nobody answers.
      * * * -> deep32
  - - (deep32) You put it {out|away|back}.
+ {not light32} {CHOICE_COUNT() < 4} [Wait {a while|some more} # patience]
  You wait. {worth(gold)} {TURNS_SINCE(-> chapter32)}
  ~ grow(steps, 2)
  Now it is {steps}.
* -> deep32
- (camp32) You make camp{camp32 > 1: again}. -> rest("ember", 32) ->
<- visitors(32)
+ [Go on] -> road
= road
~ temp where = -> inn
{ 32 % 3 == 0:
  -> where ->
- else:
  -> market(32) ->
}
You count to {count(3)}. {READ_COUNT(-> chapter32.road)} {TURNS() > 0: Time passes.}
{stopping:
- First light.
- Second light.
}
{shuffle:
- A dog barks.
- A dog barks.
}
{shuffle once:
- An owl, and {cycle: tea|ale}.
}
~ weather = weather ^ LIST_ALL(weather)
~ mood = mood(LIST_VALUE(mood) % 2 + 1)
{"32" == "{32}": It adds up: {POW(2, 3)}, {FLOOR(2.5)}, {CEILING(2.5)}, {INT(weary)}, {FLOAT(3) / 2}, {MIN(gold, 2) + MAX(1, 3) * -1}.}
{LIST_RANGE(LIST_ALL(bag), rope, map)} {LIST_INVERT(bag)} {bag !? bread: No bread.} {mood > calm: {LIST_MIN(mood)}} {RANDOM(4, 4)}
{weather - dry} {LIST_RANDOM(weather)} {company()} of you, {not brave}.
~ bag -= (map, rope)
~ onward = -> inn
-> chapter33

/* Chapter 33
   of the road */
=== chapter33
You come to milestone 33, {name}, with {gold} coins in your purse. # place 33 # from {name}
The road is {long|longer|endless}, and the {&wind|rain|fog} does not stop; nobody else is abroad at this hour. {!A raven calls.}
~ gold = gold + 33 mod 3
~ temp steps = 0
~ next = -> chapter34
~ weary += 0.25
{ gold > FAR:
    You feel rich, <>
    and it shows.
- else:
    You feel poor <>
    and cold.
}
{
- mood == scared: Your hands shake.
- weather ? wet and not (bag ? rope): You are soaked.
- brave && 33 % 2 == 0: You whistle.
- else: You walk on. // and on
}
{ mood:
- calm: All is calm.
- wary: You look over your shoulder.
- else: Something is behind you.
}
* [Take the rope] You take the rope.
  ~ bag += rope
  { bag ? rope: It is a good rope. }
* (light33) Light the lamp[] and look around. # lamp
  The light falls on {LIST_COUNT(LIST_ALL(bag))} things: {LIST_ALL(bag)}.
  * * [Look closer] "{~A map|A map}," you say, "of {LIST_MAX(bag)}."
      ~ bag += (map, bread)
  * * (shy33) {gold > 3} "Is anyone there?"[] you ask.
      * * * \ Nobody answers.
      * * * -> deep33
  - - (deep33) You put it {out|away|back}.
+ {not light33} {CHOICE_COUNT() < 4} [Wait {a while|some more} # patience]
  You wait. {worth(gold)} {TURNS_SINCE(-> chapter33)}
  ~ grow(steps, 2)
  Now it is {steps}.
* -> deep33
- (camp33) You make camp{camp33 > 1: again}. -> rest("ember", 33) ->
<- visitors(33)
+ [Go on] -> road
= road
~ temp where = -> inn
{ 33 % 3 == 0:
  -> where ->
- else:
  -> market(33) ->
}
You count to {count(3)}. {READ_COUNT(-> chapter33.road)} {TURNS() > 0: Time passes.}
{stopping:
- First light.
- Second light.
}
{shuffle:
- A dog barks.
- A dog barks.
}
{shuffle once:
- An owl, and {cycle: tea|ale}.
}
~ weather = weather ^ LIST_ALL(weather)
~ mood = mood(LIST_VALUE(mood) % 2 + 1)
{"33" == "{33}": It adds up: {POW(2, 3)}, {FLOOR(2.5)}, {CEILING(2.5)}, {INT(weary)}, {FLOAT(3) / 2}, {MIN(gold, 2) + MAX(1, 3) * -1}.}
{LIST_RANGE(LIST_ALL(bag), rope, map)} {LIST_INVERT(bag)} {bag !? bread: No bread.} {mood > calm: {LIST_MIN(mood)}} {RANDOM(4, 4)}
{weather - dry} {LIST_RANDOM(weather)} {company()} of you, {not brave}.
~ bag -= (map, rope)
~ onward = -> inn
-> chapter34

/* Chapter 34
   of the road */
=== chapter34
You come to milestone 34, {name}, with {gold} coins in your purse. # place 34 # from {name}
The road is {long|longer|endless}, and the {&wind|rain|fog} does not stop; nobody else is abroad at this hour. {!A raven calls.}
~ gold = gold + 34 mod 3
~ temp steps = 0
~ next = -> chapter35
~ weary += 0.25
{ gold > FAR:
    You feel rich, <>
    and it shows.
- else:
    You feel poor <>
    and cold.
}
{
- mood == scared: Your hands shake.
- weather ? wet and not (bag ? rope): You are soaked.
- brave && 34 % 2 == 0: You whistle.
- else: You walk on. // and on
}
{ mood:
- calm: All is calm.
- wary: You look over your shoulder.
- else: Something is behind you.
}
* [Take the rope] You take the rope.
  ~ bag += rope
  { bag ? rope: It is a good rope. }
* (light34) Light the lamp[] and look around. # lamp
  The light falls on {LIST_COUNT(LIST_ALL(bag))} things: {LIST_ALL(bag)}.
  * * [Look closer] "{~A map|A map}," you say, "of {LIST_MAX(bag)}."
      ~ bag += (map, bread)
  * * (shy34) {gold > 3} "Is anyone there?"[] you ask.
      * * * \ Nobody answers.
      * * * -> deep34
  - - (deep34) You put it {out|away|back}.
+ {not light34} {CHOICE_COUNT() < 4} [Wait {a while|some more} # patience]
  You wait. {worth(gold)} {TURNS_SINCE(-> chapter34)}
  ~ grow(steps, 2)
  Now it is {steps}.
* -> deep34
- (camp34) You make camp{camp34 > 1: again}. -> rest("ember", 34) ->
<- visitors(34)
+ [Go on] -> road
= road
~ temp where = -> inn
{ 34 % 3 == 0:
  -> where ->
- else:
  -> market(34) ->
}
You count to {count(3)}. {READ_COUNT(-> chapter34.road)} {TURNS() > 0: Time passes.}
{stopping:
- First light.
- Second light.
}
{shuffle:
- A dog barks.
- A dog barks.
}
{shuffle once:
- An owl, and {cycle: tea|ale}.
}
~ weather = weather ^ LIST_ALL(weather)
~ mood = mood(LIST_VALUE(mood) % 2 + 1)
{"34" == "{34}": It adds up: {POW(2, 3)}, {FLOOR(2.5)}, {CEILING(2.5)}, {INT(weary)}, {FLOAT(3) / 2}, {MIN(gold, 2) + MAX(1, 3) * -1}.}
{LIST_RANGE(LIST_ALL(bag), rope, map)} {LIST_INVERT(bag)} {bag !? bread: No bread.} {mood > calm: {LIST_MIN(mood)}} {RANDOM(4, 4)}
{weather - dry} {LIST_RANDOM(weather)} {company()} of you, {not brave}.
~ bag -= (map, rope)
~ onward = -> inn
-> chapter35

/* Chapter 35
   of the road */
=== chapter35
You come to milestone 35, {name}, with {gold} coins in your purse. # place 35 # from {name}
The road is {long|longer|endless}, and the {&wind|rain|fog} does not stop; nobody else is abroad at this hour. {!A raven calls.}
~ gold = gold + 35 mod 3
~ temp steps = 0
~ next = -> chapter36
~ weary += 0.25
{ gold > FAR:
    You feel rich, <>
    and it shows.
- else:
    You feel poor <>
    and cold.
}
{
- mood == scared: Your hands shake.
- weather ? wet and not (bag ? rope): You are soaked.
- brave && 35 % 2 == 0: You whistle.
- else: You walk on. // and on
}
{ mood:
- calm: All is calm.
- wary: You look over your shoulder.
- else: Something is behind you.
}
* [Take the rope] You take the rope.
  ~ bag += rope
  { bag ? rope: It is a good rope. }
* (light35) Light the lamp[] and look around. # lamp
  The light falls on {LIST_COUNT(LIST_ALL(bag))} things: {LIST_ALL(bag)}.
  * * [Look closer] "{~A map|A map}," you say, "of {LIST_MAX(bag)}."
      ~ bag += (map, bread)
  * * (shy35) {gold > 3} "Is anyone there?"[] you ask.
      * * * \ Nobody answers.
      * * * -> deep35
  - - (deep35) You put it {out|away|back}.
+ {not light35} {CHOICE_COUNT() < 4} [Wait {a while|some more} # patience]
  You wait. {worth(gold)} {TURNS_SINCE(-> chapter35)}
  ~ grow(steps, 2)
  Now it is {steps}.
* -> deep35
- (camp35) You make camp{camp35 > 1: again}. -> rest("ember", 35) ->
<- visitors(35)
+ [Go on] -> road
= road
~ temp where = -> inn
{ 35 % 3 == 0:
  -> where ->
- else:
  -> market(35) ->
}
You count to {count(3)}. {READ_COUNT(-> chapter35.road)} {TURNS() > 0: Time passes.}
{stopping:
- First light.
- Second light.
}
{shuffle:
- A dog barks.
- A dog barks.
}
{shuffle once:
- An owl, and {cycle: tea|ale}.
}
~ weather = weather ^ LIST_ALL(weather)
~ mood = mood(LIST_VALUE(mood) % 2 + 1)
{"35" == "{35}": It adds up: {POW(2, 3)}, {FLOOR(2.5)}, {CEILING(2.5)}, {INT(weary)}, {FLOAT(3) / 2}, {MIN(gold, 2) + MAX(1, 3) * -1}.}
{LIST_RANGE(LIST_ALL(bag), rope, map)} {LIST_INVERT(bag)} {bag !? bread: No bread.} {mood > calm: {LIST_MIN(mood)}} {RANDOM(4, 4)}
{weather - dry} {LIST_RANDOM(weather)} {company()} of you, {not brave}.
~ bag -= (map, rope)
~ onward = -> inn
-> chapter36

/* Chapter 36
   of the road */
=== chapter36
You come to milestone 36, {name}, with {gold} coins in your purse. # place 36 # from {name}
The road is {long|longer|endless}, and the {&wind|rain|fog} does not stop; nobody else is abroad at this hour. {!A raven calls.}
~ gold = gold + 36 mod 3
~ temp steps = 0
~ next = -> chapter37
~ weary += 0.25
{ gold > FAR:
    You feel rich, <>
    and it shows.
- else:
    You feel poor <>
    and cold.
}
{
- mood == scared: Your hands shake.
- weather ? wet and not (bag ? rope): You are soaked.
- brave && 36 % 2 == 0: You whistle.
- else: You walk on. // and on
}
{ mood:
- calm: All is calm.
- wary: You look over your shoulder.
- else: Something is behind you.
}
* [Take the rope] You take the rope.
  ~ bag += rope
  { bag ? rope: It is a good rope. }
* (light36) Light the lamp[] and look around. # lamp
  The light falls on {LIST_COUNT(LIST_ALL(bag))} things: {LIST_ALL(bag)}.
  * * [Look closer] "{~A map|A map}," you say, "of {LIST_MAX(bag)}."
      ~ bag += (map, bread)
  * * (shy36) {gold > 3} "Is anyone there?"[] you ask.
      * * * \ Nobody answers.
      * * * -> deep36
  - - (deep36) You put it {out|away|back}.
+ {not light36} {CHOICE_COUNT() < 4} [Wait {a while|some more} # patience]
  You wait. {worth(gold)} {TURNS_SINCE(-> chapter36)}
  ~ grow(steps, 2)
  Now it is {steps}.
* -> deep36
- (camp36) You make camp{camp36 > 1: again}. -> rest("ember", 36) ->
<- visitors(36)
+ [Go on] -> road
= road
~ temp where = -> inn
{ 36 % 3 == 0:
  -> where ->
- else:
  -> market(36) ->
}
You count to {count(3)}. {READ_COUNT(-> chapter36.road)} {TURNS() > 0: Time passes.}
{stopping:
- First light.
- Second light.
}
{shuffle:
- A dog barks.
- A dog barks.
}
{shuffle once:
- An owl, and {cycle: tea|ale}.
}
~ weather = weather ^ LIST_ALL(weather)
~ mood = mood(LIST_VALUE(mood) % 2 + 1)
{"36" == "{36}": It adds up: {POW(2, 3)}, {FLOOR(2.5)}, {CEILING(2.5)}, {INT(weary)}, {FLOAT(3) / 2}, {MIN(gold, 2) + MAX(1, 3) * -1}.}
{LIST_RANGE(LIST_ALL(bag), rope, map)} {LIST_INVERT(bag)} {bag !? bread: No bread.} {mood > calm: {LIST_MIN(mood)}} {RANDOM(4, 4)}
{weather - dry} {LIST_RANDOM(weather)} {company()} of you, {not brave}.
~ bag -= (map, rope)
~ onward = -> inn
-> chapter37

/* Chapter 37
   of the road */
=== chapter37
You come to milestone 37, {name}, with {gold} coins in your purse. # place 37 # from {name}
The road is {long|longer|endless}, and the {&wind|rain|fog} does not stop; nobody else is abroad at this hour. {!A raven calls.}
~ gold = gold + 37 mod 3
~ temp steps = 0
~ next = -> chapter38
~ weary += 0.25
{ gold > FAR:
    You feel rich, <>
    and it shows.
- else:
    You feel poor <>
    and cold.
}
{
- mood == scared: Your hands shake.
- weather ? wet and not (bag ? rope): You are soaked.
- brave && 37 % 2 == 0: You whistle.
- else: You walk on. // and on
}
{ mood:
- calm: All is calm.
- wary: You look over your shoulder.
- else: Something is behind you.
}
* [Take the rope] You take the rope.
  ~ bag += rope
  { bag ? rope: It is a good rope. }
* (light37) Light the lamp[] and look around. # lamp
  The light falls on {LIST_COUNT(LIST_ALL(bag))} things: {LIST_ALL(bag)}.
  * * [Look closer] "{~A map|A map}," you say, "of {LIST_MAX(bag)}."
      ~ bag += (map, bread)
  * * (shy37) {gold > 3} "Is anyone there?"[] you ask.
      * * * \ Nobody answers.
      * * * -> deep37
  - - (deep37) You put it {out|away|back}.
+ {not light37} {CHOICE_COUNT() < 4} [Wait {a while|some more} # patience]
  You wait. {worth(gold)} {TURNS_SINCE(-> chapter37)}
  ~ grow(steps, 2)
  Now it is {steps}.
* -> deep37
- (camp37) You make camp{camp37 > 1: again}. -> rest("ember", 37) ->
<- visitors(37)
+ [Go on] -> road
= road
~ temp where = -> inn
{ 37 % 3 == 0:
  -> where ->
- else:
  -> market(37) ->
}
You count to {count(3)}. {READ_COUNT(-> chapter37.road)} {TURNS() > 0: Time passes.}
{stopping:
- First light.
- Second light.
}
{shuffle:
- A dog barks.
- A dog barks.
}
{shuffle once:
- An owl, and {cycle: tea|ale}.
}
~ weather = weather ^ LIST_ALL(weather)
~ mood = mood(LIST_VALUE(mood) % 2 + 1)
{"37" == "{37}": It adds up: {POW(2, 3)}, {FLOOR(2.5)}, {CEILING(2.5)}, {INT(weary)}, {FLOAT(3) / 2}, {MIN(gold, 2) + MAX(1, 3) * -1}.}
{LIST_RANGE(LIST_ALL(bag), rope, map)} {LIST_INVERT(bag)} {bag !? bread: No bread.} {mood > calm: {LIST_MIN(mood)}} {RANDOM(4, 4)}
{weather - dry} {LIST_RANDOM(weather)} {company()} of you, {not brave}.
~ bag -= (map, rope)
~ onward = -> inn
-> chapter38

/* Chapter 38
   of the road */
=== chapter38
You come to milestone 38, {name}, with {gold} coins in your purse. # place 38 # from {name}
The road is {long|longer|endless}, and the {&wind|rain|fog} does not stop; nobody else is abroad at this hour. {!A raven calls.}
~ gold = gold + 38 mod 3
~ temp steps = 0
~ next = -> chapter39
~ weary += 0.25
{ gold > FAR:
    You feel rich, <>
    and it shows.
- else:
    You feel poor <>
    and cold.
}
{
- mood == scared: Your hands shake.
- weather ? wet and not (bag ? rope): You are soaked.
- brave && 38 % 2 == 0: You whistle.
- else: You walk on. // and on
}
{ mood:
- calm: All is calm.
- wary: You look over your shoulder.
- else: Something is behind you.
}
* [Take the rope] You take the rope.
  ~ bag += rope
  { bag ? rope: It is a good rope. }
* (light38) Light the lamp[] and look around. # lamp
  The light falls on {LIST_COUNT(LIST_ALL(bag))} things: {LIST_ALL(bag)}.
  * * [Look closer] "{~A map|A map}," you say, "of {LIST_MAX(bag)}."
      ~ bag += (map, bread)
  * * (shy38) {gold > 3} "Is anyone there?"[] you ask.
      * * * \ Nobody answers.
      * * * -> deep38
  - - (deep38) You put it {out|away|back}.
+ {not light38} {CHOICE_COUNT() < 4} [Wait {a while|some more} # patience]
  You wait. {worth(gold)} {TURNS_SINCE(-> chapter38)}
  ~ grow(steps, 2)
  Now it is {steps}.
* -> deep38
- (camp38) You make camp{camp38 > 1: again}. -> rest("ember", 38) ->
<- visitors(38)
+ [Go on] -> road
= road
~ temp where = -> inn
{ 38 % 3 == 0:
  -> where ->
- else:
  -> market(38) ->
}
You count to {count(3)}. {READ_COUNT(-> chapter38.road)} {TURNS() > 0: Time passes.}
{stopping:
- First light.
- Second light.
}
{shuffle:
- A dog barks.
- A dog barks.
}
{shuffle once:
- An owl, and {cycle: tea|ale}.
}
~ weather = weather ^ LIST_ALL(weather)
~ mood = mood(LIST_VALUE(mood) % 2 + 1)
{"38" == "{38}": It adds up: {POW(2, 3)}, {FLOOR(2.5)}, {CEILING(2.5)}, {INT(weary)}, {FLOAT(3) / 2}, {MIN(gold, 2) + MAX(1, 3) * -1}.}
{LIST_RANGE(LIST_ALL(bag), rope, map)} {LIST_INVERT(bag)} {bag !? bread: No bread.} {mood > calm: {LIST_MIN(mood)}} {RANDOM(4, 4)}
{weather - dry} {LIST_RANDOM(weather)} {company()} of you, {not brave}.
~ bag -= (map, rope)
~ onward = -> inn
-> chapter39

/* Chapter 39
   of the road */
=== chapter39
You come to milestone 39, {name}, with {gold} coins in your purse. # place 39 # from {name}
The road is {long|longer|endless}, and the {&wind|rain|fog} does not stop; nobody else is abroad at this hour. {!A raven calls.}
~ gold = gold + 39 mod 3
~ temp steps = 0
~ next = -> chapter40
~ weary += 0.25
{ gold > FAR:
    You feel rich, <>
    and it shows.
- else:
    You feel poor <>
    and cold.
}
{
- mood == scared: Your hands shake.
- weather ? wet and not (bag ? rope): You are soaked.
- brave && 39 % 2 == 0: You whistle.
- else: You walk on. // and on
}
{ mood:
- calm: All is calm.
- wary: You look over your shoulder.
- else: Something is behind you.
}
* [Take the rope] You take the rope.
  ~ bag += rope
  { bag ? rope: It is a good rope. }
* (light39) Light the lamp[] and look around. # lamp
  The light falls on {LIST_COUNT(LIST_ALL(bag))} things: {LIST_ALL(bag)}.
  * * [Look closer] "{~A map|A map}," you say, "of {LIST_MAX(bag)}."
      ~ bag += (map, bread)
  * * (shy39) {gold > 3} "Is anyone there?"[] you ask.
      * * * \ Nobody answers.
      * * * -> deep39
  - - (deep39) You put it {out|away|back}.
+ {not light39} {CHOICE_COUNT() < 4} [Wait {a while|some more} # patience]
  You wait. {worth(gold)} {TURNS_SINCE(-> chapter39)}
  ~ grow(steps, 2)
  Now it is {steps}.
* -> deep39
- (camp39) You make camp{camp39 > 1: again}. -> rest("ember", 39) ->
<- visitors(39)
+ [Go on] -> road
= road
~ temp where = -> inn
{ 39 % 3 == 0:
  -> where ->
- else:
  -> market(39) ->
}
You count to {count(3)}. {READ_COUNT(-> chapter39.road)} {TURNS() > 0: Time passes.}
{stopping:
- First light.
- Second light.
}
{shuffle:
- A dog barks.
- A dog barks.
}
{shuffle once:
- An owl, and {cycle: tea|ale}.
}
~ weather = weather ^ LIST_ALL(weather)
~ mood = mood(LIST_VALUE(mood) % 2 + 1)
{"39" == "{39}": It adds up: {POW(2, 3)}, {FLOOR(2.5)}, {CEILING(2.5)}, {INT(weary)}, {FLOAT(3) / 2}, {MIN(gold, 2) + MAX(1, 3) * -1}.}
{LIST_RANGE(LIST_ALL(bag), rope, map)} {LIST_INVERT(bag)} {bag !? bread: No bread.} {mood > calm: {LIST_MIN(mood)}} {RANDOM(4, 4)}
{weather - dry} {LIST_RANDOM(weather)} {company()} of you, {not brave}.
~ bag -= (map, rope)
~ onward = -> inn
-> chapter40

/* Chapter 40
   of the road */
=== chapter40
You come to milestone 40, {name}, with {gold} coins in your purse. # place 40 # from {name}
The road is {long|longer|endless}, and the {&wind|rain|fog} does not stop; nobody else is abroad at this hour. {!A raven calls.}
~ gold = gold + 40 mod 3
~ temp steps = 0
~ next = -> chapter41
~ weary += 0.25
{ gold > FAR:
    You feel rich, <>
    and it shows.
- else:
    You feel poor <>
    and cold.
}
{
- mood == scared: Your hands shake.
- weather ? wet and not (bag ? rope): You are soaked.
- brave && 40 % 2 == 0: You whistle.
- else: You walk on. // and on
}
{ mood:
- calm: All is calm.
- wary: You look over your shoulder.
- else: Something is behind you.
}
* [Take the rope] You take the rope.
  ~ bag += rope
  { bag ? rope: It is a good rope. }
* (light40) Light the lamp[] and look around. # lamp
  The light falls on {LIST_COUNT(LIST_ALL(bag))} things: {LIST_ALL(bag)}.
  * * [Look closer] "{~A map|A map}," you say, "of {LIST_MAX(bag)}."
      ~ bag += (map, bread)
  * * (shy40) {gold > 3} "Is anyone there?"[] you ask.
      * * * \ Nobody answers.
      * * * -> deep40
  - - (deep40) You put it {out|away|back}.
+ {not light40} {CHOICE_COUNT() < 4} [Wait {a while|some more} # patience]
  You wait. {worth(gold)} {TURNS_SINCE(-> chapter40)}
  ~ grow(steps, 2)
  Now it is {steps}.
* -> deep40
- (camp40) You make camp{camp40 > 1: again}. -> rest("ember", 40) ->
<- visitors(40)
+ [Go on] -> road
= road
~ temp where = -> inn
{ 40 % 3 == 0:
  -> where ->
- else:
  -> market(40) ->
}
You count to {count(3)}. {READ_COUNT(-> chapter40.road)} {TURNS() > 0: Time passes.}
{stopping:
- First light.
- Second light.
}
{shuffle:
- A dog barks.
- A dog barks.
}
{shuffle once:
- An owl, and {cycle: tea|ale}.
}
~ weather = weather ^ LIST_ALL(weather)
~ mood = mood(LIST_VALUE(mood) % 2 + 1)
{"40" == "{40}": It adds up: {POW(2, 3)}, {FLOOR(2.5)}, {CEILING(2.5)}, {INT(weary)}, {FLOAT(3) / 2}, {MIN(gold, 2) + MAX(1, 3) * -1}.}
{LIST_RANGE(LIST_ALL(bag), rope, map)} {LIST_INVERT(bag)} {bag !? bread: No bread.} {mood > calm: {LIST_MIN(mood)}} {RANDOM(4, 4)}
{weather - dry} {LIST_RANDOM(weather)} {company()} of you, {not brave}.
~ bag -= (map, rope)
~ onward = -> inn
-> chapter41

/* Chapter 41
   of the road */
=== chapter41
You come to milestone 41, {name}, with {gold} coins in your purse. # place 41 # from {name}
The road is {long|longer|endless}, and the {&wind|rain|fog} does not stop; nobody else is abroad at this hour. {!A raven calls.}
~ gold = gold + 41 mod 3
~ temp steps = 0
~ next = -> chapter42
~ weary += 0.25
{ gold > FAR:
    You feel rich, <>
    and it shows.
- else:
    You feel poor <>
    and cold.
}
{
- mood == scared: Your hands shake.
- weather ? wet and not (bag ? rope): You are soaked.
- brave && 41 % 2 == 0: You whistle.
- else: You walk on. // and on
}
{ mood:
- calm: All is calm.
- wary: You look over your shoulder.
- else: Something is behind you.
}
* [Take the rope] You take the rope.
  ~ bag += rope
  { bag ? rope: It is a good rope. }
* (light41) Light the lamp[] and look around. # lamp
  The light falls on {LIST_COUNT(LIST_ALL(bag))} things: {LIST_ALL(bag)}.
  * * [Look closer] "{~A map|A map}," you say, "of {LIST_MAX(bag)}."
      ~ bag += (map, bread)
  * * (shy41) {gold > 3} "Is anyone there?"[] you ask.
      * * * \ Nobody answers.
      * * * -> deep41
  - - (deep41) You put it {out|away|back}.
+ {not light41} {CHOICE_COUNT() < 4} [Wait {a while|some more} # patience]
  You wait. {worth(gold)} {TURNS_SINCE(-> chapter41)}
  ~ grow(steps, 2)
  Now it is {steps}.
* -> deep41
- (camp41) You make camp{camp41 > 1: again}. -> rest("ember", 41) ->
<- visitors(41)
+ [Go on] -> road
= road
~ temp where = -> inn
{ 41 % 3 == 0:
  -> where ->
- else:
  -> market(41) ->
}
You count to {count(3)}. {READ_COUNT(-> chapter41.road)} {TURNS() > 0: Time passes.}
{stopping:
- First light.
- Second light.
}
{shuffle:
- A dog barks.
- A dog barks.
}
{shuffle once:
- An owl, and {cycle: tea|ale}.
}
~ weather = weather ^ LIST_ALL(weather)
~ mood = mood(LIST_VALUE(mood) % 2 + 1)
{"41" == "{41}": It adds up: {POW(2, 3)}, {FLOOR(2.5)}, {CEILING(2.5)}, {INT(weary)}, {FLOAT(3) / 2}, {MIN(gold, 2) + MAX(1, 3) * -1}.}
{LIST_RANGE(LIST_ALL(bag), rope, map)} {LIST_INVERT(bag)} {bag !? bread: No bread.} {mood > calm: {LIST_MIN(mood)}} {RANDOM(4, 4)}
{weather - dry} {LIST_RANDOM(weather)} {company()} of you, {not brave}.
~ bag -= (map, rope)
~ onward = -> inn
-> chapter42

/* Chapter 42
   of the road */
=== chapter42
You come to milestone 42, {name}, with {gold} coins in your purse. # place 42 # from {name}
The road is {long|longer|endless}, and the {&wind|rain|fog} does not stop; nobody else is abroad at this hour. {!A raven calls.}
~ gold = gold + 42 mod 3
~ temp steps = 0
~ next = -> chapter43
~ weary += 0.25
{ gold > FAR:
    You feel rich, <>
    and it shows.
- else:
    You feel poor <>
    and cold.
}
{
- mood == scared: Your hands shake.
- weather ? wet and not (bag ? rope): You are soaked.
- brave && 42 % 2 == 0: You whistle.
- else: You walk on. // and on
}
{ mood:
- calm: All is calm.
- wary: You look over your shoulder.
- else: Something is behind you.
}
* [Take the rope] You take the rope.
  ~ bag += rope
  { bag ? rope: It is a good rope. }
* (light42) Light the lamp[] and look around. # lamp
  The light falls on {LIST_COUNT(LIST_ALL(bag))} things: {LIST_ALL(bag)}.
  * * [Look closer] "{~A map|A map}," you say, "of {LIST_MAX(bag)}."
      ~ bag += (map, bread)
  * * (shy42) {gold > 3} "Is anyone there?"[] you ask.
      * * * \ Nobody answers.
      * * * -> deep42
  - - (deep42) You put it {out|away|back}.
+ {not light42} {CHOICE_COUNT() < 4} [Wait {a while|some more} # patience]
  You wait. {worth(gold)} {TURNS_SINCE(-> chapter42)}
  ~ grow(steps, 2)
  Now it is {steps}.
* -> deep42
- (camp42) You make camp{camp42 > 1: again}. -> rest("ember", 42) ->
<- visitors(42)
+ [Go on] -> road
= road
~ temp where = -> inn
{ 42 % 3 == 0:
  -> where ->
- else:
  -> market(42) ->
}
You count to {count(3)}. {READ_COUNT(-> chapter42.road)} {TURNS() > 0: Time passes.}
{stopping:
- First light.
- Second light.
}
{shuffle:
- A dog barks.
- A dog barks.
}
{shuffle once:
- An owl, and {cycle: tea|ale}.
}
~ weather = weather ^ LIST_ALL(weather)
~ mood = mood(LIST_VALUE(mood) % 2 + 1)
{"42" == "{42}": It adds up: {POW(2, 3)}, {FLOOR(2.5)}, {CEILING(2.5)}, {INT(weary)}, {FLOAT(3) / 2}, {MIN(gold, 2) + MAX(1, 3) * -1}.}
{LIST_RANGE(LIST_ALL(bag), rope, map)} {LIST_INVERT(bag)} {bag !? bread: No bread.} {mood > calm: {LIST_MIN(mood)}} {RANDOM(4, 4)}
{weather - dry} {LIST_RANDOM(weather)} {company()} of you, {not brave}.
~ bag -= (map, rope)
~ onward = -> inn
-> chapter43

/* Chapter 43
   of the road */
=== chapter43
You come to milestone 43, {name}, with {gold} coins in your purse. # place 43 # from {name}
The road is {long|longer|endless}, and the {&wind|rain|fog} does not stop; nobody else is abroad at this hour. {!A raven calls.}
~ gold = gold + 43 mod 3
~ temp steps = 0
~ next = -> the_end
~ weary += 0.25
{ gold > FAR:
    You feel rich, <>
    and it shows.
- else:
    You feel poor <>
    and cold.
}
{
- mood == scared: Your hands shake.
- weather ? wet and not (bag ? rope): You are soaked.
- brave && 43 % 2 == 0: You whistle.
- else: You walk on. // and on
}
{ mood:
- calm: All is calm.
- wary: You look over your shoulder.
- else: Something is behind you.
}
* [Take the rope] You take the rope.
  ~ bag += rope
  { bag ? rope: It is a good rope. }
* (light43) Light the lamp[] and look around. # lamp
  The light falls on {LIST_COUNT(LIST_ALL(bag))} things: {LIST_ALL(bag)}.
  * * [Look closer] "{~A map|A map}," you say, "of {LIST_MAX(bag)}."
      ~ bag += (map, bread)
  * * (shy43) {gold > 3} "Is anyone there?"[] you ask.
      * * * \ Nobody answers.
      * * * -> deep43
  - - (deep43) You put it {out|away|back}.
+ {not light43} {CHOICE_COUNT() < 4} [Wait {a while|some more} # patience]
  You wait. {worth(gold)} {TURNS_SINCE(-> chapter43)}
  ~ grow(steps, 2)
  Now it is {steps}.
* -> deep43
- (camp43) You make camp{camp43 > 1: again}. -> rest("ember", 43) ->
<- visitors(43)
+ [Go on] -> road
= road
~ temp where = -> inn
{ 43 % 3 == 0:
  -> where ->
- else:
  -> market(43) ->
}
You count to {count(3)}. {READ_COUNT(-> chapter43.road)} {TURNS() > 0: Time passes.}
{stopping:
- First light.
- Second light.
}
{shuffle:
- A dog barks.
- A dog barks.
}
{shuffle once:
- An owl, and {cycle: tea|ale}.
}
~ weather = weather ^ LIST_ALL(weather)
~ mood = mood(LIST_VALUE(mood) % 2 + 1)
{"43" == "{43}": It adds up: {POW(2, 3)}, {FLOOR(2.5)}, {CEILING(2.5)}, {INT(weary)}, {FLOAT(3) / 2}, {MIN(gold, 2) + MAX(1, 3) * -1}.}
{LIST_RANGE(LIST_ALL(bag), rope, map)} {LIST_INVERT(bag)} {bag !? bread: No bread.} {mood > calm: {LIST_MIN(mood)}} {RANDOM(4, 4)}
{weather - dry} {LIST_RANDOM(weather)} {company()} of you, {not brave}.
~ bag -= (map, rope)
~ onward = -> inn
-> the_end

=== the_end
"The end," {name} says. # ending The end
-> END

=== inn
An inn. {inn > 3: You know the {host|keeper|landlord}.}
{ inn % 4 == 0: ->-> }
A bed costs {inn mod 5}.
->->

=== market(day)
Market day {day}. { day > 20: "Late," they say. }
-> stall(day, gold) ->
->->

=== stall(day, ref purse)
~ purse = purse - 1
{ purse < 0:
    ~ purse = 10
    ->-> lucky
}
You buy a bun.
->->

=== lucky
A coin lies in the dust.
->->

=== rest(what, day)
The {what} glows. {day mod 7 == 0: -> dream ->}
->->

=== dream
You dream of {&the sea|home|nothing}.
->-> onward

=== visitors(day)
{ day mod 4:
- 0: -> minstrel
- 1: -> guard
}
-> DONE
= minstrel
A minstrel tunes a lute.
+ [Listen] He sings of {name}. # song
  -> chapters_end
= guard
+ {gold > 2} [Pay the guard] You pay.
  ~ gold -= 1
  -> chapters_end
= chapters_end
Then all is quiet. -> onward ->
-> road_on

=== road_on
The night goes by.
-> next

=== function worth(n)
{ n > 5:
  ~ return "much"
}
~ return "little"

=== function grow(ref x, by)
~ x = x + by

=== function count(n)
{ n > 1:
  {count(n - 1)}, <>
}
{n}

=== function company()
~ return 3
