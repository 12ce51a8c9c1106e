package main

import (
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(described{m}, map[string]func(){"bot": main})
}

// The command line, as people type it: the scripts under testdata/cli run the real main.
func TestCommandLine(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata/cli", UpdateScripts: *update})
}
