package ask

import "testing"

func TestWordsOfDialectAreReadAsEverybodysWords(t *testing.T) {
	r, c := newTestReader(t), onTuesday()
	for dialect, standard := range map[string]string{
		"俺嘞分数": "我的分数", "咱这个月得好多分": "我这个月得多少分", "还差啥子": "还差什么", "公里数咋个算": "公里数怎么算",
	} {
		want := r.Read(standard, c)
		if got := r.Read(dialect, c); !got.Sure || asJSON(got) != asJSON(want) {
			t.Errorf("%s is read as %s, %s as %s", dialect, asJSON(got), standard, asJSON(want))
		}
	}
}
