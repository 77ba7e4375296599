// Package golden compares what a test draws with what was agreed: the files in
// testdata. `go test -update` writes them anew.
package golden

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// Text compares a text with the golden file of that name.
func Text(t testing.TB, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

// JSON compares JSON documents, a line a value, with the golden file of that name.
func JSON(t testing.TB, name string, documents ...json.RawMessage) {
	t.Helper()
	var pretty bytes.Buffer
	for _, document := range documents {
		if err := json.Indent(&pretty, document, "", " "); err != nil {
			t.Fatal(err)
		}
		pretty.WriteString("\n")
	}
	Text(t, name, pretty.String())
}
