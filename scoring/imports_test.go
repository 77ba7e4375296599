package scoring_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// scoring is a library that any program of the street can use: facts in, result
// out. Neither it nor what it imports knows the network, a database or the rest
// of this program.
func TestScoringKnowsNoNetworkDatabaseOrChat(t *testing.T) {
	const module = "github.com/nanxiashu/gridbot/"
	ours := []string{module + "scoring", module + "scoring/calendar", module + "scoring/track"}
	paths, err := exec.Command("go", "list", "-deps", "./...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	for path := range strings.FieldsSeq(string(paths)) {
		foreign := strings.HasPrefix(path, module) && !slices.Contains(ours, path)
		network := path == "net" || strings.HasPrefix(path, "net/")
		database := path == "database/sql" || strings.Contains(path, "/pgx") || strings.Contains(path, "/redis")
		if foreign || network || database {
			t.Errorf("scoring comes to import %s", path)
		}
	}
}

// Points, kilometres and hours are exact decimals; a binary fraction is not.
func TestNoFloatInAScore(t *testing.T) {
	for _, pattern := range []string{"*.go", "calendar/*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %d files, %v", pattern, len(files), err)
		}
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			source, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if bytes.Contains(bytes.ToLower(source), []byte("float")) {
				t.Errorf("%s speaks of a float", name)
			}
		}
	}
}
