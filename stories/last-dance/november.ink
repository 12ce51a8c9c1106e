// November: coffee, the Automat, the coat, the boy, the government, two words.

=== a_coffee ===
By Saturday it has begun to be a custom. He comes late, {first == "number": ringing you twice from the booth on the corner so that you can put the pot on|when he has finished with other people's machines}, and at midnight you make coffee, since you sleep no better than he does. The freight goes by on the Tenth Avenue viaduct, through the backs of buildings, and the cups mind it. # chapter: A · Midnight Coffee
The radio has Saigon. Two brothers, promised safe conduct, have been found dead in the back of an armored carrier. The generals are saying suicide. "The pair of them," you tell it. "In the back of a truck. Well, somebody will ask."
"Nobody will ask," says Johan. He gets up and turns the dial to music. # beat
{ desk:
    You look at the drawer. In nine years it has never once shut all the way. Since Thursday it is shut.
}
{ photo:
    You look at the tin. You tie that ribbon as your mother did, right over left. Since Thursday it goes left over right.
}
{ sat:
    You had run up the stairs on Thursday prepared, you could not think why, to find him gone through your things or simply gone. He had been sitting with his hands on his knees.
}
- He moves his cup so that the chip is on his side. It is the hour when people hand each other things. What do you hand him?
* [The truth about Bavaria, and the list]
    ~ bavaria = true
    ~ trust++
    You tell it to the spoon. Plattling, the winter of '46: you were a WAC, twenty, the fastest thing in Third Army. A prisoner bought his way off the transport with a statement, thirty-one men in the camp who had hidden what they were. You typed the names. He asked for a glass of water after, and thanked you. In February they went to the Russians, the thirty-one. Some had got hold of window glass.
    "There wasn't an error in it," you say. "I was proud of that." You take down the tin, and show him: that one, at the end, with the hand. {photo: He looks at the photograph as though he had never seen it before; he is thorough; it takes him a long time.|He looks so long that his coffee skins over. It is only a hand, with a finger short.}
    ~ photo = true
    "And nobody else would know this man?" he says at last. "There were four of us girls. A professor wrote, this summer. I'm the only one who answered." You laugh a little. "Well. Nobody had ever asked."
* [A question: what his hands did before typewriters]
    ~ gave = true
    ~ knows++
    He takes so long that you think he has not understood. "I had a sister. In the siege I fetched the bread, because I could stand in the line. Once I ate from hers, walking home. The corner." With thumb and finger he shows you how much. "She said, you're late. That is all she ever said of it."
    You pour what is left. You have read about Leningrad, as everyone has. You lie awake until the milk comes, trying to recall whether there was ever a siege of Tallinn.
* [A silly story, to hear if he can laugh]
    ~ laughed = true
    ~ trust++
    You give him the colonel's dog and the field telephone. It takes ten minutes and both arms. At the end of it there comes from him a sound like something being moved in an attic, and he puts his palm to his mouth to find out what it was. "Excuse me," he says. You have never been so flattered.
    The other things are not said, yours or his. They stay in the room after he has gone.
- -> b_automat

=== b_automat ===
His orders come in an aspirin tin, held by a magnet under the shelf of the third booth in the Eighth Avenue station. They are in English: a Russian paper in New York is evidence, and an English one is litter. The first ran to a dozen lines. Then seven, then four. On the eighth of November it is one: Report in person and account for the delay. # chapter: B · The Automat
Golubev receives at the Automat on Forty-second Street, behind a pillar. He has brought his own napkin. Two nickels go in, the dolphin gives coffee, and he stirs it left-handed with a short forefinger laid along the spoon. {photo: Ivan looks at the finger, and then at the pie.}{desk: Ivan thinks of those hands at night, over a portable, composing a professor.} # beat
"Since October," says Golubev. "The one in Lisbon was a morning. In December they are calling me home to a larger desk, and I should like to leave this one clear." He smiles at a child going by with a tray. "Is she so interesting?"
At the next table a young man in brand-new shoes is eating a slice of pie he does not want. What does Ivan say to the man who sent him?
* ["She is careful. Give me another week."]
    ~ report = "week"
    "Careful! She laughs in the street." But he gives it. "So that you are not lonely, Kostya will keep you company." The young man goes on with the pie. He is perhaps twenty-four. Somebody's mother has cut his hair.
* ["What did she do?"]
    ~ report = "why"
    The spoon stops. In eleven years he has never asked. "She answered a letter," Golubev says pleasantly. "Now you know as much as the stamp." He folds the napkin in four. From tomorrow there will be Kostya, there, behind his pie. And behind Kostya, where Ivan shall not see him, there will be somebody else.
* ["It will be done by midnight on the twenty-first."]
    ~ report = "date"
    Golubev likes a date; he pats the cuff that brought it. "And on the twenty-second we are all friends. Kostya will only walk behind you a little. He is learning." The young man looks up and goes pink. So it is said, it has a number on it, and nobody will touch you before. Ivan has bought you twelve days and sold the thirteenth.
- -> a_coat

=== a_coat ===
Veterans Day, and cold at last. His overcoat is on your hook, a great gray foreign thing with the lining hanging below the hem. Johan is asleep in your chair. He said seventeen minutes, and asked you to wake him, and shut his eyes and was gone. # chapter: A · The Coat
You own a needle. There is also Mr. Sobel across the landing, forty years a cutter, in Vilna and then on Thirty-seventh Street, who takes a hanging lining personally. { met == "stairs": He has not forgiven your friend the oranges. "A person should make a noise," he says. "A cat makes a noise, for its friends."|He has met your friend once, through the chain, and wished him good evening in three languages. "I'm only mentioning," he tells you. "He answered the second one first."}
You take the coat down. It is heavier than it looks. What do you do with it?
* [Carry it across the landing to Mr. Sobel]
    ~ coat = "sobel"
    ~ sobel = true
    ~ knows++
    He keeps it a day and brings it back to you, not to Johan. "Such cloth. And somebody cut in it a pocket no tailor would cut, so long," and he shows you between his two palms, as people show a fish. "An umbrella, maybe. I sewed it shut. Forty stitches; tell him no charge." He does not go. "Miss Garrity. You ever want a wall to bang on, bang on mine."
* [Mend it yourself while he sleeps]
    ~ coat = "mended"
    ~ trust++
    ~ knows++
    You do it under the lamp, in your mother's stitch. Halfway up the left side the needle goes into nothing: behind the pocket is another, long and narrow, of chamois. It is empty. You put your arm in to see, and it takes you to the elbow. You think of flutes. You think of flowers. Then you do the hem, and bite the thread, and wake him at seventeen minutes.
    "You have mended it," he says, and does not put it on.
* [Go through the pockets first]
    ~ coat = "pockets"
    ~ knows += 3
    ~ trust--
    A token; a pencil; an aspirin tin with no aspirin in it. A curl of onionskin. You have typed onionskin for eighteen years. SUBJECT LEAVES OFFICE 5:40. FIRE ESCAPE DOES NOT LOCK. NO MARKS. Under the lamp each E sits a hair low, and you know where you have seen it do that. You fetch the professor's letter out of the drawer and lay the two side by side.
    You ought to go down to the street. But however long he has had it he has had you too, alone, with the water running, six midnights now; and you are standing here. You put it all back. You wake him at seventeen minutes. "Sleep well?" you say, and it is your own voice that says it.
- -> b_shoes

=== b_shoes ===
The boy is not good. He reads the same bus sign for an hour opposite your stoop. His shoes squeak. By the Saturday, the sixteenth, when Moscow lets the Yale professor go, Ivan knows his brand of gum and which heel is blistered, and how he looks up at your window when the lamp is lit, a boy outside a bakery. # chapter: B · New Shoes
{ report == "why":
    And once, behind the boy, in the glass of a bank on Eighth Avenue, a brown hat that stopped when Ivan stopped. That one does not squeak.
}
{ report == "week":
    The week he was given ran out last night. No one has mentioned it. He has given weeks himself, and knows how they are taken back.
}
{ report == "date":
    Five days are left of what he bought. He finds that he has been spending them in quarters of an hour.
}
- The tin that morning held five words: She is alive. Explain this. He cannot come to you with the boy behind him, and he cannot find the way of not coming. On the uptown platform at Twenty-third Street the two of them stand thirty feet apart, a couple who have quarreled. What does Ivan do about Kostya?
* [Lose him in the changes at Times Square]
    ~ tail = "lost"
    It takes four minutes: the Shuttle, the wrong stairs, a barber's with two doors. It is the prettiest work he has done since Lisbon. Only when he comes up by himself into the light of Forty-third Street does he see what he has written there. A man with nothing to hide is not so hard to follow. The boy will have to say so, and somebody better will be sent.
* [Sit down beside him and talk]
    ~ tail = "spoken"
    "On the outside of the foot," says Ivan, sitting down. "And stand them in water overnight. Then they don't sing." The boy goes red to the ears. He is from Pskov. His mother believes he is a chauffeur. By Columbus Circle he has accepted half a sandwich, and the only advice Ivan has. "One day they will ask you to do a thing. Do it badly." He has never said anything so dangerous aloud.
* [Hurt him, where it will not show]
    ~ tail = "hurt"
    ~ trust--
    In the washroom at Columbus Circle: two fingers of the left hand, the small ones. He explains each thing beforehand, in a low voice. The boy makes no sound; he has been well taught. That night you take Ivan's hand from the table and turn it over under the lamp. You look at the knuckles, and put it back, and sit a little farther off.
- -> a_government

=== a_government ===
Wednesday, the twentieth. When Mr. Harbison sends for you there is a hat on his desk, and a man your own age gets up from behind it: Mr. Tierney, Special Agent, with a shaving cut. "We talk to people about people," he says. Since Englewood they have been talking to a good many. Does Miss Garrity know a Johan Kask? # chapter: A · A Man from the Government
{ met == "machine":
    "He did your machine in October," says Mr. Tierney. "Only I've been to see Mr. Pell, and Mr. Pell never had a sore throat. Mr. Pell had five dollars."
- else:
    "Somebody on your block has noticed him waiting," says Mr. Tierney. "Somebody always has. It's mostly husbands."
}
- "He gives out that he's Estonian. Now, there's a consul at Rockefeller Center who keeps a card on every Estonian in the East. He hasn't got that one." Mr. Tierney has ribbon ink on his two forefingers and no others. You could like him. He waits. What do you tell him?
* ["I hardly know him."]
    ~ told = "nothing"
    ~ trust++
    "I hardly know him." It may be the truest thing you have said all fall. He writes it out in full. "There was a fellow on trial in Karlsruhe last year," he remarks to the pencil. "Two killings, for Moscow. Lovely manners. All the landladies said so." He leaves no card. He is sorry, he says, to have kept you from your work, and he is.
* [Tell him everything you have noticed]
    ~ told = "all"
    ~ trust--
    You tell him: the hours, the quiet feet, the chair he takes so as to have the door, the coat. You even tell him about the yard. Your voice goes along clear and quick, and he gets it all down. When it is over you find that you want a glass of water, and you know who else did.
    In your place, he says, he would stay home tomorrow night with the lamp lit. There'll be a gray Plymouth across the street.
* [Say nothing, but take his card home]
    ~ told = "card"
    The card has a LEhigh number and an address on East Sixty-ninth. You carry it home inside your glove and stand it against the lamp, where Johan will see it when he comes; and he comes, and reads it without picking it up. "Is he a nice man?" he asks. "He has a shaving cut," you say. You drink your coffee, the two of you, in front of it.
- -> b_words

=== b_words ===
Thursday. The tin has two words in it, each with a full stop, and all three letters E of the first sit a hair low. EXECUTE. NOW. He burns it in the basin, above the grocer's. # chapter: B · Two Words # pause: 4s
Then he puts the pistol together. It is American, a .22 made for shooting at paper, with a tube that brings the noise down to a cough. { coat == "sobel": The pocket made for it is sewn shut. Since the day the coat came back he has left it so. Now he cuts the old man's stitches with a razor, one and one and one, and counts forty, and finds he has put the ends of thread away in his wallet.}{ coat == "mended": It goes down into its pocket past your hem, where the stitches are small and even and lean a little to the right. By now he would know your hand anywhere.}{ coat == "pockets": Ten days ago he found the aspirin tin with its hinge to the left. He said nothing, and you have said nothing. He thinks it the most courteous thing that anyone has done for him.}
It is seven. At eight you will have lit the lamp. It is a walk of eight blocks; he has an hour, the second he has been given in this city. What does he spend it on? # beat
* [Two seats on tonight's train to Montreal]
    ~ prep = "tickets"
    Grand Central, window twenty: two coach seats on the Montreal Limited, tonight. He pays from the roll for expenses and, out of habit, asks for the receipt. It is not a plan, he tells himself. Anyone may own tickets. He puts them in the right breast, across from the pistol, and goes back downtown balanced.
* [A quarter of an hour at Mr. Sobel's door]
    ~ prep = "sobel"
    ~ sobel = true
    He knocks, which is new. The chain; an eye. "I am going across the landing," he says, in Russian, because he is tired, "and I do not know what I shall do there." The old man considers. "In Vilna also one came who didn't know. My brother let him in. I was on the roof." And after a while: "The cellar goes to the yard. The yard goes to Twenty-first. Tonight I take off the chain."
* [One drink among strangers, to steady the hand]
    ~ prep = "drink"
    A bar on Tenth, longshoremen, the television on with no sound. The President gets down from an airplane in Texas, in sun, his wife after him. A man says, will you look at that crowd. Ivan orders one rye. He lays his right hand flat on the bar and watches it until it is still, which is all the religion he has. He leaves, as always, exactly the correct tip.
- -> dance
