// October: the file, the eagle, five minutes.

=== b_file ===
This is a record with two sides. Side A is yours. Side B is his. The room chooses for both of you, and neither hears the other side until it is played. # pause: 3s
On the last Sunday of October the city puts its clocks back, and Ivan Volkov is given an hour he did not ask for. He spends it on a bed off Eighth Avenue, above a Spanish grocer's, with the shade down and the file open on his knees. # chapter: B · The File
It is two sheets. Eleanor Garrity, called Nell. Thirty-eight, single. A typist at Harbison's on Thirty-fourth Street. 343 West Twenty-second, third floor back, telephone CHelsea 3-0417. No reason is given. There is never a reason; a reason is something a man could disagree with.
Then the face. They have taken you crossing Eighth Avenue with your head thrown back, laughing at somebody the camera left out. He has had fourteen files, and nobody in them was laughing.
His work has always been accidents: a gas tap, a platform edge, the wrong pills. But first he must be one. By tomorrow night he will be Johan Kask, mechanic, of Tallinn, and you will believe that you found him. What sort of accident is he to be?
* [A stranger who falls against you in a crowd]
    ~ met = "station"
    ~ cracked = true
    A crowd, then. Tomorrow at nine they begin to pull down Pennsylvania Station, across the avenue from your desk, and the whole street will stop and look up. Nobody looking up can be described afterward. He has only to decide how hard to fall, and what shall be broken.
* [The man who comes to mend your typewriter]
    ~ met = "machine"
    A trade, then. It is the one true thing in his papers. They taught him typewriters so that he should know one machine's hand from another's. Five dollars, and Harbison's regular man has a sore throat. But thirty girls will see his face.
* [A lodger come about the room upstairs]
    ~ met = "stairs"
    The house, then. There is a card in the fanlight, ROOM, INQUIRE SOBEL, and above your ceiling a room from which one would hear the bed, the tap, the telephone. It is the shortest road. It runs past the door of an old man who keeps the chain on and never quite shuts it.
- He puts the photograph away face down. Some time in the extra hour he gets up, barefoot, and turns it over. # pause: 4s
-> a_eagle

=== a_eagle ===
It has not rained since September. It rains on Monday, thinly, when they start on the station. Half a dozen architects walk up and down in black armbands. Over their heads a crane has one of the stone eagles round the middle, and it comes down through the air of Seventh Avenue an inch at a time, like somebody being helped off a bus. # chapter: A · The Eagle
You ought to be at your desk. You are in the arcade, where the music shop is selling off, and for a dime you have bought a ten-inch Victor in a brown sleeve: Ray Noble's orchestra, Al Bowlly singing. You had it once. You lent it to a lieutenant in Bavaria, and that was the last of both. # beat
{ met == "station":
    On the sidewalk the crowd sways back from the ropes, and a man goes into your shoulder with all his weight. The sleeve leaves your hand. You both hear it, flat and small, under the noise of the drills.
    He is down on one knee before you are. He slides the record out by its edges and holds it to the sky: a single crack, fine as a hair, rim to label. "It will play," he says. An accent; rain in his eyebrows. "But now it has a clock in it. I have ruined you."
    "It cost a dime," you say. He looks so stricken that you laugh, head back, straight up at the eagle.
}
{ met == "machine":
    By half past ten you are at your desk, with the record in the bottom drawer, and your Royal jams. Instead of Mr. Pell and his cough there is a stranger in a brown shop coat who does not even look at it. "Type, please. Anything." You type the weather. He stands with his head bent and listens.
    "You make lists," he says. You ask him how on earth. "The comma is worn to nothing. And your e is tired."
    "So would you be. It's in everything." It is not much of a joke. But in the window behind him the second eagle is just then going past on its cable, very dignified, and you laugh until the girl at the next desk stops to look.
}
{ met == "stairs":
    At six the bulb on your landing is out again. You are feeling for the key, the record under your chin and a bag of oranges on your arm, and you have heard nobody, nobody at all, when a voice beside you says, "Allow me." The oranges go down two flights.
    He brings them up again in his hat. He had come about the room; it is too dear; he apologizes for his feet. "I was a child in a house with sickness. One learns to be quiet." Across the landing Mr. Sobel's door stands open the width of its chain. You begin to laugh, from fright, and cannot leave off.
}
- His name is Johan Kask. He mends typewriters{met != "machine":, for anyone who has one}. He is from Tallinn. "Estonia has a flag and a consul at Rockefeller Center," he says. "We lack only the country." It comes out like exact change. # beat
{ met == "machine": There is nothing more the matter with the Royal. He wipes his fingers, one at a time, and does not go.|He has stopped being in your way and does not seem to know where else to be.} What do you do with him?
* [Make him buy you a cup of coffee]
    ~ first = "coffee"
    ~ trust++
    { met == "machine": It is all but time for your break, and you march him|You march him} to the counter on Eighth Avenue. He picks the stool by the wall and watches the door in the mirror of the pie case, so that for ten minutes you are talking to the back of his attention. Then you tell him about the lieutenant, and he turns around and forgets the mirror. You see him forget it. You feel, absurdly, promoted.
* [Give him your telephone number]
    ~ first = "number"
    You pencil it on a corner of the brown sleeve and tear the corner off. He reads it twice, moving his lips. That night at twelve the telephone rings two times and stops. The next night also. On the third you have your hand on it. "I did not like to wake you," he says. "I was seeing if it worked."
* [Laugh, say goodbye, and let him go]
    ~ first = "walked"
    ~ knows++
    You let him go; it is one of your talents. On Wednesday he is two behind you for the token booth with the Tribune folded small, and has not turned the page since you noticed him. You ought to mind. You go back along the line and say, "If you're going to follow me, carry something."
- -> b_five

=== b_five ===
All week the papers have Englewood: a Russian chauffeur named Ivanov, taken by the F.B.I. in a station parking lot in New Jersey. Everybody of his kind in New York is now sitting very still. He alone has been told to go on. # chapter: B · Five Minutes
On Thursday he stands for the first time inside the second sheet of the file. It is smaller than they said. A lamp with a scorched shade; a Webcor phonograph, its lid up; a table with a drawer; a biscuit tin on the shelf. Lamp, window, table, door: he has measured it before you have found somewhere to put his hat. Eleven steps.
Then the bell goes, and goes on going. "Halloween!" you cry, and snatch up the bowl, and run down three flights to a skeleton, a cowboy and a very small nun. He hears you laugh at the street door. It will be five minutes. # beat
In eleven years nobody has left him alone in a room. He has had to arrange it. What does he do with five minutes he was given?
* [Go through the drawer of the table]
    ~ desk = true
    ~ knows++
    The drawer sticks; he lifts and draws. Rent receipts. A letter, dated August: a Professor Alden, at a Columbia box number, is collecting recollections of the camp at Plattling, where Miss Garrity was a typist in 1946. Pinned to it, the carbon of your answer. Two pages, with a joke.
    He reads the professor over again, for the machine. Every e sits a hair low. He has burned six slips of paper with that e in them. There is no professor; there is Golubev, at night, at his own portable, writing to find out which of the girls would remember. One did. Ivan pushes the drawer home, all the way.
* [Open the biscuit tin on the shelf]
    ~ photo = true
    ~ knows++
    Under the ribbon are snapshots, the usual dead, and one not usual: prisoners in dyed greatcoats outside a hut, snow, Bavarian roofs. The man at the end has put up a hand to be left out of the picture. They have left out the man, nearly, and kept the hand. The forefinger stops at the first joint.
    Ivan has watched that finger lie along a coffee spoon for six years. It is Golubev's, who gives him his orders, and who was never, as everybody knows, a prisoner of anyone's. He puts the dead back in their order. Only on the stairs, going home, will he think about the ribbon: left over right.
* [Sit in the chair and touch nothing]
    ~ sat = true
    ~ trust++
    He sits. It is harder than the other thing. The chair has taken your shape over the years and declines to take his. He looks at a library book, at a stocking drying on the pipe, at the drawer, at the tin, at his own two hands, which he has put on his knees where he can see them.
    You come up out of breath and stop in the doorway. "You look like a man at the dentist's," you say, and give him the last of the candy corn, and he eats it gravely, grain by grain.
- -> a_coffee
