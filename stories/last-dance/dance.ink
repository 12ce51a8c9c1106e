// Thursday, 21 November 1963, eight in the evening. Both sides.

=== dance ===
The boiler is out. He comes at eight, {prep == "drink": with rye on his breath|with the cold on his clothes}, and stands on the mat in the coat. You have lit the lamp and not the ceiling. You have your blue dress on, under two cardigans. The Victor is on the Webcor, where you have never put it while he was by. # chapter: A and B · The Dance
"You were keeping it," he says. "For when it was cold." You wind the cardigan round your wrists. "He's dead, you know, the singer. A land mine, in the Blitz. It didn't mark him. It was his own bedroom door."
"And he goes on."
"For three minutes twenty. It's only the one side, Johan. The other's a fox-trot." # pause: 3s
{ knows >= 3:
    You know what you know. {coat == "pockets": You have known it ten days, and have spent them as people spend a leave.|You have never added it up; you have only left the figures lying where you would see them.} You looked at the door just now, and then at him in front of the door, and thought: let it be in the middle of something.
- else:
    He has not put down his hat. You take it out of his hand; the band is wet through, and it has not rained. You do not say so. You have learned from him how much can be let lie, and how warm a room gets with it lying there.
}
- There is still the coat. What do you do about it, before the needle goes down? # vote: 90s
* [Hang it on the chair beside the lamp]
    ~ worn = "chair"
    You take it by the shoulders and he comes out of it slowly, one arm and then the other. You hang it on the chair beside the lamp, and it swings in against the chair leg with a knock. "You've brought a bottle," you say. He says no. In his jacket, with nothing in his hands, he looks like a man at the seaside.
* [Put it on yourself; you are cold]
    ~ worn = "you"
    "Give," you say, and put it on, cardigans and all. It comes to your shoes. It is warm from him, and it hangs crooked: the weight is all on the left, down along the rib, hard, and as long as your forearm. You turn the collar up. He has not moved from the mat. "It suits you," he says at last. He has had to look up each of the words.
* [Leave him in it, and take his hands]
    ~ worn = "him"
    You let him keep it. You take his hands, which are cold, and draw him off the mat. So he will dance in an overcoat, buttoned, like someone who has been told there is a cab downstairs. When you come in against him there is a thing in the coat that lies between you, narrow and hard. You shift your ribs, to make room for it.
- You put the needle down. {cracked: Under the strings, at each turn, the crack: tick. You had forgotten that he told you. A clock in it.|Under the strings there is the hush of old shellac, a tap left running in another house.} Then the dead man, close to the microphone, in no hurry at all. # beat
He dances correctly. Somebody taught him in a hall with the chairs pushed back; you can feel the chairs. The room allows eleven steps: lamp, window, table, door. You go round, and the record goes round, and your cheek finds the place under his jaw where there is soap, and machine oil, and a small cut. For some time nobody does anything to anyone.
He is counting. Seventy-eight turns to the minute, three minutes and twenty seconds: two hundred and sixty. {cracked: The crack counts with him, out loud.|He takes it from the label, a gilt dog going by and going by.} It is how he was taught to do a thing: find what is already being counted and put your hand in where the number is. By ninety he has chosen. The nape. You will not hear it. You will be in the middle of a bar. # beat
{ worn == "chair":
    Twice they pass the chair. The third time his right hand leaves your back, goes in at the hanging coat without his looking, and comes away longer; and you have turned with him so easily, lamp to window, that the step is not broken.
}
{ worn == "you":
    His right hand leaves your back and comes in under the lapel of his own coat, against your side, as a husband's might. It goes down the chamois a finger at a time. You lift your arm a little, to let him. It comes out past your heart by its whole length, and goes round behind you.
}
{ worn == "him":
    He lets go your back as though to see to a button, and sees to it. The thing comes up out of the cloth between you by its own length, past your breast, past your shoulder, cold through two cardigans; and then the place where it lay is only coat, and you come in closer, to fill it.
}
- You wait for the hand to come home. There is a cold patch on your spine the size of it. Then something has come back that is not a hand, or is a hand that does not touch. It stands off an inch behind your neck, and keeps time. # pause: 4s
The singer has got to the bridge. On the window shade the lamp has made the two of you one large, careful animal. His other arm is round you, and holds. What do you do? # vote: 90s
* [Ask him what the matter is]
    ~ reply = "ask"
    "What is it?" you say, into his collar.
    "Nothing. I have lost the count."
    "Were you counting?"
    "Always," he says.
    "Then start again," you say. "From one. I'm not going anywhere." And you hear him, under the strings, obey.
* [Lay your head down and close your eyes]
    ~ reply = "head"
    ~ trust++
    You put your forehead down on his shoulder, and that leaves the back of your neck to the lamp. It is where your mother used to do up the button. You feel the small hairs lift there, with the cold or with being looked at. You close your eyes, and let your weight go to him a little at a time, until his one arm has nearly all of it.
* [Laugh]
    ~ reply = "laugh"
    It comes up from nowhere: the boiler, and the two cardigans, and this poor dead man, and eleven steps of carpet. You laugh as you do, carelessly, with your head thrown back, so that your throat is under his eyes and your hair comes down over whatever is behind you. It shakes you both. He has to hold you harder, to keep you on your feet.
- -> cannot

=== cannot ===
{ reply == "ask":
    He begins at one, as he is told. He has always done as he was told; it has been his whole gift. One is the needle. Two is your breath on the cut under his jaw. By four he no longer knows what the number is for. # beat
}
{ reply == "head":
    He knows what people weigh. He has had to lift them. This is something else. It is on his left arm, it is warm and rather heavy, and it was put there by someone who supposes that he will stay standing up. # beat
}
{ reply == "laugh":
    It is the face in the file: the mouth, the tipped-back throat, the very distance. Since October he has wondered who it was the camera had left out, that you were laughing at. He is standing where that person stood. # beat
}
{ gave:
    Between the metal and your collar there is the width of the corner of a piece of bread. You're late, she had said. That was all she ever said of it.
- else:
    { bavaria:
        Thirty-one, you told him, and not an error in it. He has fourteen. There was never an error in his either, and he too was thanked.
    - else:
        It was in this room that he heard, out of his own chest, a thing being moved in an attic. He hears it shift now. It is not laughter. It wants to be let down the stairs.
    }
}
- Three pounds of pressure lie between this and going home. He has spent them fourteen times and never felt the price. He asks the finger. But the finger, for a month, has been a mechanic's. It has been among springs and little levers, putting back what was worn, and it has learned to wait and to listen; and it is listening now, with the rest of him, to a man finish a sentence about love. # pause: 3s
Two hundred and forty, and fifty. The strings go up and close. The needle runs in to the last groove and knocks there, softly, and knocks, like somebody who can see that there is a light on. You go on dancing to that. Lamp, window, table, door. # pause: 5s
He cannot. He looks at it with interest: a door that opens inward, and at which he has pushed for eleven years with all his strength. The pistol is still in his hand, an inch from your hair, and you have not turned around. What does he do with it? # vote: 90s
* [Slip it back where it was, before you see]
    ~ pistol = "coat"
    -> said_coat
* [Lay it under the lamp, where you will see]
    ~ pistol = "lamp"
    -> said_lamp
* [Put it into your hand]
    ~ pistol = "hand"
    -> said_hand

=== said_coat ===
It goes back the way it came, and his palm comes home between your shoulders, warm, wide, with all its fingers. You let him have two whole turns of the room in the belief that he has managed it. # chapter: A · What Is Said
{ worn == "you":
    "I can feel it, you know," you say. "I'm wearing it."
- else:
    "I saw it go by in the window glass," you say. "At the edge of the shade. I thought, that's never an umbrella."
}
- He stops. You are both, as it happens, facing the door. "You did not call," he says. "Mr. Sobel is twenty feet away."
"You were leading." It is not steady, but it is a voice. "I wanted to see where you'd put me." And then, because somebody has to, you step away from him across the rug and lift the needle. # pause: 3s
-> said

=== said_lamp ===
He walks out of the dance the way one leaves a room where a child has gone off to sleep. He lays it on the table under the lamp, and moves the sugar bowl over to make a space for it. # chapter: A · What Is Said
"That is what I came with," he says. "In October. I have no other baggage." He stands with his hands turned out, and waits to be told where he should sit.
You look until you have seen it. It has a maker's name and a serial number, like your Royal. "You might have had your supper first," you say, when you can say anything; and you go around the chair, around him, and lift the needle. # pause: 3s
-> said

=== said_hand ===
He finds your hand behind your back and closes it around the thing, finger by finger. Then he steps away from you, one pace and two, to the edge of the rug. It is warm from him. It has the balance of good scissors. # chapter: A · What Is Said
"Fourteen," he says, though you have not asked. "You were to be the fifteenth. Under your thumb is the safety; it is off."
You have never in your life pointed anything at anyone but a pencil. You keep it on the second button of him until your arm begins to shake, and that is not long, and he does not hurry you. Then, with your other hand, without turning your back on him, you reach behind you and lift the needle. # pause: 3s
-> said

=== said ===
The room is very quiet without it. A radiator ticks that has no business to. "What do I call you?" # beat
"Ivan."
"But that's only Johan."
"Yes. They let me keep that." # pause: 3s
{ photo && bavaria:
    {coat == "pockets": "I know the machine," you say. "I have known it ten days. I only want the man." So he tells you.|Then he tells you who wrote to you from Columbia.} The man with the finger is called Golubev now; he stirs his coffee on Forty-second Street, and next month they will make him a general, who bought his life from the Americans with thirty-one of his own. Four girls could have said so. Three did not answer. "It was never Moscow," Ivan says. "Moscow is only the letterhead."
}
{ photo && not bavaria:
    Then he takes down the tin himself, and undoes the ribbon he tied, and puts before you the man at the end with the short forefinger. "He stirs his coffee on Forty-second Street. Who was he?" So it is now that you have to tell it: Plattling, the thirty-one names, and you who typed them so beautifully; and how the man asked for a glass of water and was left off the train. "Then it was never Moscow," Ivan says. "Moscow is only the letterhead."
}
{ not photo && desk && coat != "pockets":
    Then he opens the drawer that sticks, and lays the professor's letter beside the lamp, and next to it a slip that he ought to have burned. "There is no professor. You see the e? It is the one that sends me."
    You look at the two of them, and do not touch them. Four girls typed at Plattling, and one prisoner bought his life there with thirty-one others; you had put it all in the letter, with a joke. "I wrote him two pages," you say. "I sent my good wishes to his wife."
}
{ not photo && coat == "pockets":
    "I can tell you who sent you," you say. You take the professor's letter out of the drawer, and hold out your hand; and he gives you, from his wallet, the curl of onionskin, which he ought to have burned. You lay them side by side. The same e, a hair low. {desk: "Since Halloween I have known it," he says. "I shut your drawer too well."|It is his turn to look.}
    And so you tell him: Plattling, the prisoner with his statement, the thirty-one names you typed without an error, and how he thanked you. "Then it was never Moscow," Ivan says. "Moscow is only the letterhead."
}
{ not photo && not desk && coat != "pockets":
    "Why me?" He does not know. One is not told. So the two of you turn out your life on the table: an unpaid dentist, a married man in Trenton, a list you typed once, in the Army, a letter from some professor. None of it looks like enough. The drawer is there, and the tin; he sat between them on Halloween with his hands on his knees, out of manners.
}
- -> way_out

=== way_out ===
It is nearly nine. { report == "date": He promised it by midnight, and until midnight he will be believed.}{ report == "why": Since he asked his question there is a second man, one with a brown hat, and nobody has promised him midnight.}{ report == "week": No one has said how long Now is. It is not long.} {report == "date": After that somebody|Somebody} will come up to see why, and will not have danced with you. # chapter: A and B · The Way Out
{ prep == "tickets":
    He lays two pasteboards on the table. { trust >= 3: You laugh before you can stop.|You read what is printed on them, both sides.} "The Montreal Limited. Tonight, from Grand Central." A person could be on it, and would be nobody after that, and have nothing: no Mr. Harbison, no landing, no name that anyone has called up the stairs.
- else:
    There is one more train for Montreal tonight, he says, from Grand Central. A person could be on it, and would be nobody after that, and have nothing: no Mr. Harbison, no landing, no name that anyone has called up the stairs.
}
{ told == "card": Mr. Tierney's card still leans on the lamp. Ivan would be some time in saying all he has to say to it; years.}{ told == "all": You tell him about the gray Plymouth. "I came past it," he says. "I thought, good, she is not alone."}{ told == "nothing": There was a man yesterday who left no card. You could have had one for a word.} And there is staying: the lamp out, the door on the latch, and whoever it is upon the stairs.
He is asking you. You are asking him. For once it is one question. Which way do you go? # vote: 90s
* [North on the night train, both of you, now]
    ~ way = "train"
    -> by_train
* { told == "card" || told == "all" } [To the Bureau, with his hands empty]
    ~ way = "bureau"
    -> ending_bureau
* { photo || desk || coat == "pockets" } [To Golubev, with what you can prove]
    ~ way = "golubev"
    -> ending_rings
* [Nowhere: put out the lamp, and let them come]
    ~ way = "stay"
    -> by_staying
