// Package reading is the core: it decides what a reading does next. A reading is one group going through one story in
// one channel.
//
// Everything here is a pure function of the program, the state, what happened and when. Step takes an event and gives
// the next state and what is to be told of it; Wake says when the state wants to be woken; Check says whether a state
// can be true. There is no clock, no disk, no network and no goroutine: the shell (package narrate) has those. Deadlines
// are state, so a process that comes back after a crash reads them again and nothing is forgotten.
//
// What the channel must show is put into the state's outbox, and leaves it only when the stage has shown it. The shell
// saves the state before it shows anything, so whatever the moment of a crash, each message is shown once.
package reading
