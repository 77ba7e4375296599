package sheet

import (
	"strings"
	"testing"
)

// reading is one cell and what becomes of it: a value, or a problem that
// contains the given words.
type reading struct {
	name  string
	text  string
	epoch Epoch
	want  string
	wrong string
}

func check[V any](t *testing.T, read func(cell) (V, error), show func(V) string, table []reading) {
	t.Helper()
	for _, tt := range table {
		t.Run(tt.name, func(t *testing.T) {
			v, err := read(cell{tt.text, tt.epoch})
			switch {
			case tt.wrong == "" && err != nil:
				t.Errorf("%q: %v", tt.text, err)
			case tt.wrong == "" && show(v) != tt.want:
				t.Errorf("%q is read as %s, want %s", tt.text, show(v), tt.want)
			case tt.wrong != "" && (err == nil || !strings.Contains(err.Error(), tt.wrong)):
				t.Errorf("%q: %v, want a problem with %q", tt.text, err, tt.wrong)
			}
		})
	}
}

func asText(s string) string { return s }

func asMark(yes bool) string {
	if yes {
		return "是"
	}
	return "否"
}

func TestDamagedCells(t *testing.T) {
	for _, tt := range []reading{
		{name: "bytes that are no text are named", text: "走\xff访", wrong: "0xFF"},
		{name: "what another program could not decode", text: "走\ufffd访", wrong: "无法识别的文字"},
		{name: "a failed formula", text: "#N/A", epoch: Excel1900, wrong: "公式"},
		{name: "a formula without room", text: "#SPILL!", epoch: Excel1900, wrong: "公式"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			err := cell{tt.text, tt.epoch}.damaged()
			if err == nil || !strings.Contains(err.Error(), tt.wrong) {
				t.Errorf("%q: %v, want %q", tt.text, err, tt.wrong)
			}
		})
	}
}
