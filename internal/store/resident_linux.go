package store

import (
	"syscall"

	bolt "go.etcd.io/bbolt"
)

// letGo takes the pages of the file that have been read out of the memory of the process. A start reads every live
// record once, and the system would count what it read as the bot's for as long as nobody else wants the memory. The
// system keeps the pages in its own cache, and gives them back where they are read again.
func letGo(tx *bolt.Tx) {
	// It is advice: that it is not taken does no harm.
	_, _, _ = syscall.Syscall(syscall.SYS_MADVISE, tx.DB().Info().Data, uintptr(tx.Size()), syscall.MADV_DONTNEED)
}
