package narrate

// lock lets one event at a time into a reading. It is a channel and not a sync.Mutex because it is held while the disk
// writes: in virtual time whoever waits for a mutex keeps the clock from moving, and the disk's clock with it.
type lock chan struct{}

func newLock() lock { return make(lock, 1) }

func (l lock) Lock()   { l <- struct{}{} }
func (l lock) Unlock() { <-l }
