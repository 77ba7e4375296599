package ask

import (
	"slices"
	"strings"
	"testing"
)

// smallBook is a phrase book in which nothing is wrong.
const smallBook = `fillers: [的]
words:
  score: [分数, (考|得)分]
topics:
  attendance.late: [迟到]
periods:
  month -1: [上月]
spans: [上半年]
rules:
  - {means: my_score, has: [score]}
suggest:
  my_score: 我的分数
`

func TestASmallPhraseBookIsRead(t *testing.T) {
	r, err := newReader([]byte(smallBook), "small.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]bool{"上月的得分": true, "考分": true, "上半年得分": false, "排名": false} {
		if got := r.Read(text, onTuesday()); got.Sure != want {
			t.Errorf("%s: sure %v, want %v", text, got.Sure, want)
		}
	}
}

func TestAMistakeInThePhraseBookIsRefusedWithItsLine(t *testing.T) {
	for name, tt := range map[string]struct{ right, wrong, want string }{
		"an unknown key":                  {"spans:", "spoons:", `line 8: unknown key "spoons"`},
		"a word twice in a list":          {"[的]", "[的, 的]", `line 1: "的" stands in line 1 already`},
		"a word under two concepts":       {"[的]", "[的, 分数]", `line 3: "分数" stands in line 1 already`},
		"a pattern that says a word":      {"[的]", "[的, 考分]", `line 3: "考分" stands in line 1 already`},
		"the same word, full-width":       {"[的]", "[Ａ, a]", `line 1: "a" stands in line 1 already`},
		"a word under two topics":         {"[迟到]", "[迟到]\n  patrol.visits: [迟到]", `line 6: "迟到" stands in line 5 already`},
		"an empty word":                   {"[的]", `[""]`, `line 1: "" is no word`},
		"a word of signs only":            {"[的]", "[？]", `line 1: "？" is no word`},
		"a pattern left open":             {"(考|得)分", "(考|得分", `line 3: "(考|得分" is no pattern such as (还|)差几条`},
		"a bar without a pattern":         {"(考|得)分", "考|得分", `line 3: "考|得分" is no pattern such as (还|)差几条`},
		"a topic that is no clause":       {"attendance.late", "attendance.early", `line 5: "attendance.early" is no clause or section`},
		"a period that is none":           {"month -1", "moon -1", `line 7: "moon -1" is no period (day -1, week 0, month -2, …)`},
		"a period without a number":       {"month -1", "month", `line 7: "month" is no period (day -1, week 0, month -2, …)`},
		"a rule of no meaning":            {"means: my_score", "means: my_scores", `line 10: "my_scores" is no meaning`},
		"a rule of an unknown concept":    {"has: [score]", "has: [score|scare]", `line 10: no words are given for "scare"`},
		"a rule that excludes nothing":    {"has: [score]", "has: [score], not: [scare]", `line 10: no words are given for "scare"`},
		"a rule that holds always":        {", has: [score]", "", `line 10: the rule holds always: has is missing`},
		"a concept nobody speaks of":      {"words:", "words:\n  rank: [排名]", `line 3: no rule speaks of "rank"`},
		"a suggestion of no meaning":      {"  my_score: 我", "  my_scores: 我", `line 12: "my_scores" is no meaning`},
		"a list where one word is wanted": {"我的分数", "[我的分数]", `line 12: cannot unmarshal !!seq into string`},
		"broken YAML":                     {"fillers: [的]", "fillers: [的", `line 1: did not find expected ',' or ']'`},
	} {
		t.Run(name, func(t *testing.T) {
			if strings.Count(smallBook, tt.right) == 0 {
				t.Fatalf("%q is not in the book", tt.right)
			}
			_, err := newReader([]byte(strings.Replace(smallBook, tt.right, tt.wrong, 1)), "small.yaml")
			if err == nil {
				t.Fatal("was accepted")
			}
			want := strings.Replace(tt.want, "line ", "small.yaml:", 1)
			if !slices.Contains(strings.Split(err.Error(), "\n"), want) {
				t.Errorf("got  %v\nwant %s", err, want)
			}
		})
	}
}

func TestTheSuggestionsOfThePhraseBookAreReadAsTheirMeaning(t *testing.T) {
	r := newTestReader(t)
	c := onTuesday()
	for _, meaning := range Meanings {
		if meaning == Unknown {
			continue
		}
		text, ok := r.book.suggest[meaning]
		if !ok {
			t.Errorf("nothing is suggested for %s", meaning)
		}
		name := ""
		if meaning == ScoreOfGrid {
			name = "3号网格"
		}
		text = strings.NewReplacer("{name}", name, "{period}", "本月").Replace(text)
		if got := r.Read(text, c); !got.Sure || got.Meaning != meaning {
			t.Errorf("%s is read as %s, want %s", text, asJSON(got), meaning)
		}
	}
}
