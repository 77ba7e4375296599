package scoring_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nanxiashu/gridbot/scoring"
)

// Whatever the bytes, a decoder neither panics nor hangs; what it accepts is
// JSON, survives its own JSON and can be judged, and what it refuses has a line.
func FuzzDecode(f *testing.F) {
	for _, seed := range decodeSeeds(f) {
		f.Add(seed)
	}
	rules := scoring.Default()
	f.Fuzz(func(t *testing.T, text []byte) {
		d := scoring.NewDecoder(bytes.NewReader(text))
		for n := 0; ; n++ {
			facts, err := d.Decode()
			var wrong *scoring.DocumentError
			switch {
			case errors.Is(err, io.EOF):
				if n == 1 && !json.Valid(bytes.TrimPrefix(text, []byte("\ufeff"))) {
					t.Fatal("accepted what encoding/json does not")
				}
				return
			case errors.As(err, &wrong):
				if lines := 1 + bytes.Count(text, []byte("\n")); wrong.Line < 1 || wrong.Line > lines || wrong.Problem == "" {
					t.Fatalf("%v, of %d lines", err, lines)
				}
				return
			case err != nil:
				t.Fatalf("Decode: %v", err)
			}
			if diff := cmp.Diff(facts, decodeOne(t, asJSON(t, facts))); diff != "" {
				t.Fatal("through JSON:\n" + diff)
			}
			r := evaluate(t, rules, facts)
			if r.Floor.GreaterThan(r.Score.Decimal) {
				t.Fatalf("floor %s above score %s", r.Floor, r.Score)
			}
		}
	})
}

func decodeSeeds(f *testing.F) [][]byte {
	document, err := os.ReadFile("testdata/facts.json")
	if err != nil {
		f.Fatal(err)
	}
	flat := new(bytes.Buffer)
	if err := json.Compact(flat, document); err != nil {
		f.Fatal(err)
	}
	return [][]byte{
		document,
		append(append(flat.Bytes(), '\n'), flat.Bytes()...),
		[]byte("{" + minimal + "}"),
		[]byte("{" + minimal + `, "days": [{"date": "2026-10-08", "km": 1e-12, "coverage": "0.000", "reports": {"社会治安": 1}}]}`),
		[]byte("{" + minimal + `, "disposal": {"on_time": 1e9, "rework": 1000000000, "open": 3}, "through": {"disposal": "0001-01-01"}}`),
		[]byte(`{"month": "0001-01", "as_of": "9999-12-31", "special_periods": [{"start": "0001-01-01", "stability_persons": 1}]}`),
		[]byte(`{"month": "9999-12", "as_of": "9999-12-31", "duty_days": ["9999-12-31"], "key_persons": [{"week": "9999-12-27", "due": 2}]}`),
		[]byte("\ufeff{\"month\": \"2026-10\", \"as_of\": \"2026-11-01\", \"grid_id\": \"\\ud83d\\ude00\\\"}\"}"),
		[]byte("{" + minimal + ", \"adopted\": 1, \"adopted\": 2}"),
		[]byte("{" + minimal + ", \"adopted\": -1}"),
		[]byte("[{}]"), []byte("{\"a\":"), []byte("\n\n{]"), []byte("null"),
	}
}
