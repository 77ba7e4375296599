package ingest

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nanxiashu/gridbot/store/sheet"
)

func TestCellsOfARow(t *testing.T) {
	for name, tc := range map[string]struct {
		raw   string
		want  sheet.Object
		twice string
	}{
		"nothing":            {`{ }`, sheet.Object{}, ""},
		"values of all kind": {`{"a":"x","b":1.50,"c":true,"d":false,"e":null,"f":-1e3}`, sheet.Object{"a": "x", "b": "1.50", "c": "是", "d": "否", "e": "", "f": "-1e3"}, ""},
		"space everywhere":   {" {\n \"a\" :\t\"x\" ,\r\n\"b\" : 2 } ", sheet.Object{"a": "x", "b": "2"}, ""},
		"signs in texts":     {`{"a":"}{,:","b":"]\\","c":"\"q\""}`, sheet.Object{"a": "}{,:", "b": `]\`, "c": `"q"`}, ""},
		"escapes":            {`{"\u540d":"\u738b\n\ud83d\ude00"}`, sheet.Object{"名": "王\n😀"}, ""},
		"objects and arrays": {`{"a":{"t":"P}","c":[[1, 2],[3,4]]},"b":[ 1 ]}`, sheet.Object{"a": `{"t":"P}","c":[[1,2],[3,4]]}`, "b": "[1]"}, ""},
		"broken characters":  {"{\"a\":\"x\xff\"}", sheet.Object{"a": "x\ufffd"}, ""},
		"a column twice":     {`{"a":1,"b":2,"a":3}`, nil, "a"},
		"twice by an escape": {`{"a":1,"\u0061":3}`, nil, "a"},
	} {
		t.Run(name, func(t *testing.T) {
			got, twice := cells([]byte(tc.raw))
			if diff := cmp.Diff(tc.want, got); diff != "" || twice != tc.twice {
				t.Errorf("%s twice %q", diff, twice)
			}
		})
	}
}

// Whatever is valid JSON is read as the library reads it.
func FuzzCells(f *testing.F) {
	for _, raw := range []string{`{"a":"b"}`, `{"a":[{"b":"]"}],"c":"\\\""}`, `{"":0,"x" : null}`} {
		f.Add([]byte(raw))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		var want map[string]json.RawMessage
		if json.Unmarshal(raw, &want) != nil || want == nil {
			return
		}
		got, twice := cells(raw)
		if twice != "" {
			return
		}
		for column, value := range want {
			cell, ok := got[column]
			var s string
			if !ok || json.Unmarshal(value, &s) == nil && cell != s {
				t.Errorf("%q: %q, want %s", column, cell, value)
			}
		}
		if len(got) != len(want) {
			t.Errorf("%d cells of %d", len(got), len(want))
		}
	})
}
