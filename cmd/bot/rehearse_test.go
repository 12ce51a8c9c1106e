package main

import (
	"net"
	"os"
	"strings"
	"syscall"
	"testing"
)

// An address that the page cannot have is refused with what would do.
func TestAddressesThatThePageCannotHave(t *testing.T) {
	for errno, want := range map[syscall.Errno]string{
		syscall.EACCES:        "may not use the port",
		syscall.EADDRINUSE:    "is in use by another program",
		syscall.EADDRNOTAVAIL: "is not of this machine",
	} {
		var said strings.Builder
		err := &net.OpError{Op: "listen", Net: "tcp", Err: os.NewSyscallError("bind", errno)}
		program{err: &said}.fail(cannotListen("127.0.0.1:80", err))
		if out := said.String(); !strings.Contains(out, want) || !strings.Contains(out, "bot: hint: ") || !strings.Contains(out, "--addr 127.0.0.1:0 picks a free port") {
			t.Errorf("%v: %s", errno, out)
		}
	}
}
