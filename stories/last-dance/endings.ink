// Friday, 22 November 1963, four ways.

// The train is caught by those who made ready for it: a tail shaken or softened, an old man's cellar,
// tickets already bought, a date that has not yet run out. A question asked at the Automat counts against.
=== by_train ===
{ told == "all":
    -> arrested
}
~ temp ready = 0
{ tail != "hurt":
    ~ ready++
}
{ sobel:
    ~ ready++
}
{ prep == "tickets":
    ~ ready++
}
{ report == "date":
    ~ ready++
}
{ report == "why":
    ~ ready--
}
{ ready >= 2:
    -> out_of_the_house
}
-> too_late

=== out_of_the_house ===
{ sobel:
    You do not use the street. Mr. Sobel has a key to the coal cellar and a flashlight, and asks you nothing. "Mail the landlady a month," he tells you at the yard gate. "Till Christmas she'll think you're coming back." Then two words to Ivan, in Russian, which Ivan will not put into English until Poughkeepsie. Make noise. # chapter: A · The Night Train
- else:
    { tail == "spoken":
        Kostya is across the street under the bus sign. He sees you come out arm in arm with one bag. He looks at the bag, and at Ivan, and bends down, and for as long as it takes you to reach Ninth Avenue he is tying his shoe. # chapter: A · The Night Train
    - else:
        There is nobody under the bus sign. There will be; a better man is on his way to it from Sixty-seventh Street. You walk to Ninth Avenue with one bag between you, not fast, two people a little late for a show. # chapter: A · The Night Train
    }
}
- { pistol == "hand": At Grand Central you let it down out of your pocketbook, between the last car and the buffer, and hear it arrive.|He leaves the pistol in a locker at Grand Central, for a quarter, and drops the key down a grating on the way to the gate.} Then there is a green plush seat.
-> north

=== north ===
At Harmon they take off the electric engine, and for some minutes every light in the car goes out. { trust >= 3: You have hold of his sleeve. You had hold of it already.|He has left a seat between you, so that you may think. In the dark you move over into it.} "Eleven steps," you say. "How many is it to Montreal?" You can hear him start to work it out.
You took one thing for yourself, flat between two nightgowns in its brown sleeve. { cracked: At Albany you look, and it is in halves; it has finished what it began on Seventh Avenue. You give him one.|It comes through whole. You will have nothing to play it on until March.} At Rouses Point, in a gray light, a man in a cap considers a green card. "My husband mends typewriters," you say. You have never used the word before. The man wishes you both luck with it. # beat
So you are in Montreal on Friday, in a restaurant on St. Catherine Street, in front of two eggs, when the woman at the register puts up her hand for quiet and turns the radio toward the room. Dallas, it says, first in French. By and by people go out on the sidewalk and stand there in one another's way. # pause: 4s
You see him understand. By tonight every man they have abroad will have been told to sit down and not breathe; there is not a soul on earth who will be asking about a typist. It ought to feel like luck. You stand in a street full of strangers crying for somebody else, and do it with them, and nobody looks at either of you. # beat
You can never telephone. Mr. Harbison will advertise. { sobel: In the spring you will send Mr. Sobel an orange, with no letter, from a town whose name he has never heard you say.|Across the landing, toward midnight, a door will stand open the width of its chain, some weeks, and then it will not.}
That night, on Sherbrooke Street, in a room with no lamp worth lighting, you wake and hear him in the dark. He is counting, in his own language, under his breath. "How far have you got?" you say. # beat
"To four."
{ reply == "ask": "Start again," you tell him, for the second time in your lives. "I'm not going anywhere."|"Start again," you tell him. "From one. I'm not going anywhere."} # ending: The Night Train
-> END

=== arrested ===
You do not go by the front. You go {sobel: down through Mr. Sobel's cellar|down the fire escape} and across the yard with one bag; and at the gate into Twenty-first Street, with his hat on, stamping his feet, is Mr. Tierney. You had told him everything, in order. You had told him about the yard. # chapter: A · The Yard
Ivan sets down the bag and holds out his hands, a little apart, before anyone has asked him. "It's quite right," he says to you. You would give a good deal for it to be unkind. { pistol == "hand": The pistol is in your pocketbook. You hand it over with the clasp still shut, pocketbook and all.|They find the pistol on him, and one of them whistles.} # beat
-> bureau_room

=== ending_bureau ===
{ told == "all":
    He goes down first, and raps with one knuckle on the glass of the gray Plymouth, and asks two astonished men the way to East Sixty-ninth Street. # chapter: A · East Sixty-Ninth Street
- else:
    You walk it, the two of you, by way of most of Manhattan and the whole of the night, and have breakfast on Lexington Avenue, where he leaves his egg. At nine he straightens his tie in the brass of the door. # chapter: A · East Sixty-Ninth Street
}
- { pistol == "hand": You are the one who lays the pistol on the blotter, out of your pocketbook, among Mr. Tierney's paper clips.|The pistol has come in a cake box. Mr. Tierney unties it; he is the kind who saves string.} "I should like to make a statement," Ivan says. "It is long." # beat
-> bureau_room

=== bureau_room ===
All Friday morning you sit on a bench in a green corridor. Through the pebbled glass there is a shape that talks and a shape that smokes. They have got as far as Lisbon, the matron tells you; she had it from the girl with the machine. At twenty to two a telephone rings, and then another, and then, one after one down the hall, all of them. # pause: 4s
A girl comes out of a door with her shorthand book held against her mouth. You learn it, as everyone will remember learning it, from a stranger's face. After a while the pebbled door opens, and Mr. Tierney is in it with his collar undone, looking up and down the corridor. # beat
"I've got a Russian in there who kills people," he says, quite low. "In an hour somebody in Washington is going to wish he'd done it. Our girl's gone to pieces. You type." He holds the door. "I want where he was, every day this month, every hour, in his own words, signed, before I get a call telling me what he said."
So you sit down at the government's Royal, across from Ivan, and square the carbons. He gives you a small bow, as to a partner, and begins. The Automat; a platform at Twenty-third Street; midnight, midnight, midnight. It is a list, with times. You made one before for a man across a table, and it sent thirty-one to the train. You had not known you could make one that held a man back. # beat
He is exact. He leaves out nobody. { tail == "spoken": Near the end he comes to a boy from Pskov, whose mother thinks he is a chauffeur. He says the name.|Near the end he comes to the boy who followed him, twenty-four, no great harm in him yet. He says the name.} {sobel: He says who lives across the landing, and what he knew.|He says whose lamp it was.} You look at him over the carriage. Your hands rest. Then they go on to the next line. # pause: 4s
It turns out to be a house in Maryland, with a fence. They never try him. He is the one man in America it suits nobody to have heard. He is let to write, and you to answer, in letters with windows cut in them. { trust >= 3: On the first Sunday of the month the telephone rings, two times, and stops, and you get up and put on the Victor.|You put away the Victor in its sleeve. It is two years before you can hear a band tune up without looking for the door.}
Nineteen pages, an original and three. You have heard that it is still in a file, with your initials at the foot in lower case, and is thought a model of its kind. There are two errors in it. They are both names, and they are both left out. # ending: East Sixty-Ninth Street
-> END

=== ending_rings ===
"If I am alive tomorrow night," Ivan says at the door, "it will ring twice. Do not lift it. If you lift it, there were two of us." { first == "number": You know about a telephone that rings twice, you tell him. It is the first time tonight that you see him smile.|You say it's not much of a letter. "No," he says. "But there is no e in it."} # chapter: B · Two Rings
{ sobel: What you can prove you have given to Mr. Sobel, who looks at it, and at the clock, and sews it that night into a customer's coat.|What you can prove goes into the mailbox on Twenty-third Street, to the last address you had for a lieutenant.} In Ivan's pocket is a picture of it, from a booth at Times Square, four poses for a quarter. { told == "all": He has gone by the roofs; by noon half of Mr. Tierney's office is looking for him.} # beat
Golubev comes at one, as he was asked to, to the waiting room of Pennsylvania Station, where with the drills nobody can overhear his neighbor. He looks up at the plaster coming down. "So," he says. "It is done?" Ivan lays the strip of little pictures on his knee. { photo: A hut; snow; four times over, a hand.|A letter and a slip; four times over, the same low e.} # pause: 4s
It is some time before Golubev speaks, and then it is about his wife, who likes the theater. Then: "What does she want?"
"To have been done. Last night, at ten. You will report it; you had it from me." Ivan watches him put the finger away inside his fist. "And I go home with you in December, to the next office, where each can see the other. If she takes so much as a cold, there is an envelope." # beat
"You would live like that?"
"Eleven years I have been alone in rooms," says Ivan. "It will be company."
At some time past half past one the drills stop. A redcap is holding a transistor to another's ear; a woman sits down on her suitcase; a name goes along the benches. All the blood has left Golubev's face. He is thinking what they will all be asked tonight, and where he was. "You were with me," Ivan tells him, kindly. "And I with you." Two witnesses, they sit on side by side in the wet dust. # pause: 4s
You have Mr. Sobel's television, his good chair, his hand patting the back of yours. People file and file across the screen. A little after ten, through two walls, you hear it on your own table. # chapter: A · Two Rings
It rings. { pistol == "hand": The pistol is in your lap, under some sewing; he would not take it with him.|You have stood up. You are looking at the door.} It rings. You count, as he would; you count to two hundred and sixty. # pause: 4s
In April a box comes from Vienna, the size of a matchbox, without a letter. It is full of cotton wool. You have lived by typewriters for twenty years, and it is a moment before you know the thing out of its place, so small, so bright at the break, filed off from its bar. It is an e. It will send nobody anywhere again. # beat
{ trust >= 3: You put the record on, and lift one hand to the height of a shoulder and the other to the height of a hand. Eleven steps: lamp, window, table, door.|You let the record run, and do not dance; you go round the room, though, once, touching things: lamp, window, table, door.} Then you ink it from your own old ribbon, and press it, once, to the brown sleeve. It sits a hair low. # ending: Two Rings
-> END

=== by_staying ===
{ tail == "spoken" && report != "why":
    -> kostya
}
-> run_out

// The boy was told: one day they will ask you to do a thing. Do it badly.
=== kostya ===
You put out the lamp. At half past nine somebody comes up, and makes a noise on every stair, and knocks. It is the boy in his new shoes, with a gun in his hand that he has plainly been told not to show until he is inside. {report == "date": "They said at midnight," he tells you. "I could not stand there until midnight."|"They said, if he was longer than an hour," he tells you.} And then, to Ivan: "You said, badly." # chapter: A · Half Past Nine
Nobody can think what comes next. So he shuts his eyes and fires into your armchair, once and once again, and there is a smell, and a little horsehair on the air. { prep == "sobel": Across the landing a door opens that has no chain on it tonight, and Mr. Sobel is in yours with a flashlight. He looks at the three of you, and then into the chair. "That can be mended," he says.|Across the landing Mr. Sobel asks, through the chain, in three languages, what fell.} # beat
"I saw two," says Kostya. His teeth are knocking. "It was dark." He wants something to show. Ivan gives him the coat, {pistol == "coat": with the weight still in the left side of it, }and the boy hangs it over his arm, lining in. { pistol == "hand": You give him the pistol too, butt first. He thanks you.}{ pistol == "lamp": "And that," says Ivan, of what lies beside the sugar bowl. The boy rolls it in your dish towel, and asks if you will be needing the towel.} # beat
"There is a train," Kostya says. "Please." { prep == "tickets": The tickets had gone back into the coat; Ivan must ask for them.|You have forty dollars in the sugar bowl, and it is two coach seats and breakfast.}
{ told == "all":
    He came by the roofs, and the roofs, he says, are still open. { prep == "sobel": Mr. Sobel goes up ahead of you in his slippers, to unhook the hatch. He has been on a roof before.}
- else:
    { sobel:
        The boy takes the stairs, so as to be seen on them. For you Mr. Sobel has a key to the coal cellar, and no questions. "Mail the landlady a month," he tells you at the yard gate. "Till Christmas she'll think you're coming back." Then two words to Ivan, in Russian, which Ivan will not put into English until Poughkeepsie. Make noise.
    - else:
        You give him as far as the avenue, and go down after him with one bag.
    }
}
-> north

=== too_late ===
{ tail == "hurt":
    You get as far as the first turn of the stairs. Below, on the banister, there is a hand coming up, and two of its fingers are strapped. He has asked to be the one; he has asked it as a favor. # chapter: A · The Run-Out
- else:
    { report == "why":
        You get as far as the first turn of the stairs. Below, on the banister, is a brown glove, and above it, coming up without any hurry, the crown of a brown hat. Ivan asked a question on Forty-second Street, and this is the answer. # chapter: A · The Run-Out
    - else:
        You get as far as the first turn of the stairs. There was the bag to find, and no tickets; you had stopped to put the cups in the sink. Below, on the banister, is a hand in a good glove, coming up without any hurry. The week ran out on Friday. # chapter: A · The Run-Out
    }
}
- "Go back in," Ivan says. "Put on the record. There should be someone at home." You would like to have said something. You do as he tells you.
-> landing

=== run_out ===
You put out the lamp. He carries your chair out to the landing and sets it against the wall, for an usher. "Put on the record," he says. "There should be someone at home." You lay your palm on his face, all of it. { trust >= 3: He turns his mouth into it.|He stands for it as he would for a tailor.} # chapter: A · The Run-Out
{ told == "all": The gray Plymouth has the front of the house, and has it very well. This one comes down, from the roof.|{report == "date": Midnight goes by, on the seminary clock, and some minutes after it.|It is not long.}} { tail == "hurt": A tread, and another; and along the banister the small dry slide of a strapped hand.|A tread, and another; whoever it is has never had to be told to walk on the outside of the foot.}
-> landing

=== landing ===
So you hear it with the dead man singing. { cracked: Tick, goes the crack, and tick. You are at a hundred and six when it comes.|You have got as far as the bridge.} Two sounds, not loud, like a tray being set down twice; then one more; then a hat, you would swear it, going by itself from stair to stair. # pause: 5s
{ pistol == "hand": He had left the pistol with you, and gone out with his hands. You come now with it held in front of you, and there is no one to point it at. They have used the other man's between them.|When you get the door open the pistol is on the top stair, quite tidily, where one leaves one's shoes.} Whoever came lies at the turn below, with his face to the baseboard. Ivan is sitting {way == "stay": in your chair|against the wall}. {sobel: Mr. Sobel is on his knees on the linoleum with all his good towels.|Mr. Sobel's chain comes off; in nine years you have never heard it drop.} # beat
"I made a noise," Ivan tells the old man in Russian. He seems to think well of it. Then he looks at you. His right hand has begun to move on his knee, and you take it and put it where it goes, between your shoulders, flat. "How far is it?" he says. # beat
You listen to the record. "It's nearly the end."
"Then there is time," he says. { reply == "ask": And after a moment, as he was told: "One."|It is perfectly good English. Someone must have taught him that too, in the hall with the chairs.} # pause: 5s
The detective is from the Tenth Precinct, with a cold. On Friday after lunch he is at your table with his book, and he is no fool; he has the serial number, the coat, the pocket. { tail == "spoken": He has asked you twice about a boy in new shoes who stood out front till morning, crying.|He has asked you twice who it was that wanted the man dead.} He is about to ask again when your telephone rings, and it is for him. He listens. He sits down on the floor. # pause: 4s
After that no one comes. They are wanted elsewhere, all of them; the men in good gloves too, you suppose, called in by night from every street in the country and forbidden to breathe. There are four lines on page forty-one of Saturday's News: two unidentified men, a stairwell in Chelsea. All the other pages are for somebody else. # beat
{ told == "nothing": You told them that you hardly knew him. It is what you tell them now.|Mr. Tierney comes, in December, and stands a while on the mat. He has no questions that he is allowed to ask.}
But on the Thursday, when there was nothing more to hold up, you had gone in to see to the phonograph. The needle was in the last groove, knocking, softly, like somebody who could see that there was a light on. You stood and let it knock. Then you went and lifted the needle. # ending: The Run-Out
-> END
