package ask

import (
	"maps"
	"slices"
	"testing"
)

// homophones lists, for each character of the phrase book, those of it that are
// typed with the same letters.
func homophones() map[rune][]rune {
	characters := map[rune]bool{}
	for _, r := range string(phrases) {
		characters[r] = true
	}
	bySyllable := map[string][]rune{}
	for _, r := range slices.Sorted(maps.Keys(characters)) {
		if s := sounds()[r]; len(s.exact) > 0 {
			bySyllable[s.exact[0]] = append(bySyllable[s.exact[0]], r)
		}
	}
	all := map[rune][]rune{}
	for _, same := range bySyllable {
		for _, r := range same {
			all[r] = same
		}
	}
	return all
}

func TestACharacterMistypedByItsSoundIsForgivenOrAskedAbout(t *testing.T) {
	r, c := newTestReader(t), onTuesday()
	wrong := homophones()
	typed, forgiven := 0, 0
	for _, u := range readUtterances(t, "testdata/utterances.tsv") {
		text := []rune(u.text)
		for i, right := range text {
			same := wrong[right]
			if !u.want.Sure || len(same) < 2 {
				continue
			}
			mistyped := slices.Clone(text)
			mistyped[i] = same[(slices.Index(same, right)+1+i%(len(same)-1))%len(same)]
			got := r.Read(string(mistyped), c)
			typed++
			if u.right(got) {
				forgiven++
			}
			if u.harmful(got) {
				t.Errorf("%s for %s is read as %s", string(mistyped), u.text, asJSON(got))
			}
		}
	}
	share := float64(forgiven) / float64(typed)
	t.Logf("%d of %d mistyped texts are read as meant (%.0f%%)", forgiven, typed, 100*share)
	if share < 0.6 {
		t.Errorf("%.0f%% of mistyped texts are read as meant, want 60%%", 100*share)
	}
}
