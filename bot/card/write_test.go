package card

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// Whatever a card holds is read as if encoding/json had written it.
func TestComponentsAreReadAsIfTheLibraryHadWrittenThem(t *testing.T) {
	text := rapid.OneOf(rapid.String(),
		rapid.SampledFrom([]string{"", "<b>&'\"\\", "\u2028\u2029\x00\x1f\x7f\b\f\n\r\t", "第2网格 ▇", "\xff!\xc3"}))
	leaf := rapid.OneOf(rapid.Map(text, func(s string) any { return s }), rapid.Map(rapid.Int(), func(n int) any { return n }),
		rapid.Map(rapid.Bool(), func(b bool) any { return b }), rapid.Just(any(json.Number("98.40"))), rapid.Just(any(nil)),
		rapid.Just(any(map[string]any{"do": "ask", "n": 1})), rapid.Just(any([]string{"a", "b"})))
	var tree func(depth int) *rapid.Generator[element]
	tree = func(depth int) *rapid.Generator[element] {
		value := leaf
		if depth > 0 {
			value = rapid.OneOf(leaf, rapid.Map(tree(depth-1), func(e element) any { return e }),
				rapid.Map(rapid.SliceOfN(tree(depth-1), 0, 3), func(e []element) any { return e }))
		}
		return rapid.Map(rapid.MapOfN(text, value, 0, 20), func(m map[string]any) element { return m })
	}
	rapid.Check(t, func(t *rapid.T) {
		e := tree(2).Draw(t, "component")
		var want bytes.Buffer
		enc := json.NewEncoder(&want)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(e); err != nil {
			t.Fatal(err)
		}
		got, err := write(nil, e)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(read(t, want.Bytes()), read(t, got)); diff != "" {
			t.Fatalf("-library +ours\n%s", diff)
		}
	})
}

func read(t *rapid.T, text []byte) (v any) {
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return v
}

func BenchmarkWrite(b *testing.B) {
	var rows []element
	for range 20 {
		rows = append(rows, Bars{{Label: "巡查走访", Words: "25 / 30"}}.elements(10)...)
	}
	card := element{"schema": "2.0", "body": element{"elements": rows}}
	b.Run("ours", func(b *testing.B) {
		for b.Loop() {
			if _, err := write(nil, card); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("library", func(b *testing.B) {
		for b.Loop() {
			if _, err := json.Marshal(card); err != nil {
				b.Fatal(err)
			}
		}
	})
}
