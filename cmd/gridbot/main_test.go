package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/nanxiashu/gridbot/cmd/gridbot/sample"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store/pglocal/pgtest"
	"github.com/nanxiashu/gridbot/store/seal/sealtest"
)

// tests stops the database of the tests after the last one.
type tests struct{ *testing.M }

func (t tests) Run() int {
	defer pgtest.Stop()
	return t.M.Run()
}

func TestMain(m *testing.M) {
	testscript.Main(tests{m}, map[string]func(){"gridbot": main})
}

// TestScripts types commands as a person would: each file of testdata/script is
// a session with a database of its own.
func TestScripts(t *testing.T) {
	files, err := filepath.Glob("testdata/script/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no scripts", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			database := pgtest.Empty(t)
			testscript.Run(t, testscript.Params{
				Files: []string{file},
				Setup: func(env *testscript.Env) error {
					env.Setenv("GRIDBOT_DATABASE_URL", database)
					env.Setenv("GRIDBOT_PERSONAL_KEYS", sealtest.KeyText)
					return nil
				},
				Cmds: map[string]func(*testscript.TestScript, bool, []string){
					"samplestreet": sampleStreet, "failed": failedDelivery,
				},
			})
		})
	}
}

// sampleStreet DIR FIRST LAST writes the sheets of the sample street.
func sampleStreet(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 3 {
		ts.Fatalf("usage: samplestreet DIR FIRST LAST")
	}
	first, err := calendar.ParseDate(args[1])
	ts.Check(err)
	last, err := calendar.ParseDate(args[2])
	ts.Check(err)
	ts.Check(sample.Write(ts.MkAbs(args[0]), first, last, calendar.Mainland()))
}
