// The Last Dance. New York, 27 October to 22 November 1963.
// A record with two sides: chapters "A" are yours, chapters "B" are Ivan's, turn and turn about,
// until the dance, which plays both at once. The room votes for both of them.

# title: The Last Dance
# author: Storyteller
# blurb: New York, autumn 1963. A quiet man from Moscow has your name, your address and your face. He was to meet you once. You put on a record.
# language: en
# cover: cover.png \| A great black record whose label is a lamplit room. In it a man and a woman dance; behind her back he holds a long pistol. The tone arm that rests on the record is a pistol too.
# color: 7a2e2e
# warning: Espionage and the threat of murder; a gun; wartime atrocity remembered; one ending with a violent death. Nothing graphic.
# pace: 1
# vote: 60s

INCLUDE october.ink
INCLUDE november.ink
INCLUDE dance.ink
INCLUDE endings.ink

// How he came into your life, and what you did with him: "station", "machine", "stairs"; "coffee", "number", "walked".
VAR met = ""
VAR first = ""
// The record has a crack in it: a tick at every turn.
VAR cracked = false
// What Ivan did with five minutes alone in your room.
VAR desk = false
VAR photo = false
VAR sat = false
// What passed between you over coffee.
VAR bavaria = false
VAR gave = false
VAR laughed = false
// What he told Golubev: "week", "why", "date".
VAR report = ""
// The coat: "sobel", "mended", "pockets". Mr. Sobel is on your side, or is only a door on a chain.
VAR coat = ""
VAR sobel = false
// The boy in the new shoes: "lost", "spoken", "hurt".
VAR tail = ""
// The man from the government: "nothing", "all", "card".
VAR told = ""
// Ivan's last hour: "tickets", "sobel", "drink".
VAR prep = ""
// The dance: who wears the coat, what you did when his hand went away, where the pistol went.
VAR worn = ""
VAR reply = ""
VAR pistol = ""
// What you have added up, and what you have let yourself lean on.
VAR knows = 0
VAR trust = 0
VAR way = ""

-> b_file
