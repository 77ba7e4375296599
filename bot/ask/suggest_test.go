package ask

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestNoPeriodIsSuggestedForWhichNothingIsKept(t *testing.T) {
	r := newTestReader(t)
	for text, want := range map[string][]string{
		"昨天我的分数":    {"我的本月分数", "昨天走访几条", "还差什么"},
		"上周我的分数":    {"我的本月分数", "上周走访几条", "还差什么"},
		"10月28日排行榜": {"上月排行榜", "10月28日走访几条", "我的上月分数"},
		"张三昨天得分":    {"张三本月多少分", "张三昨天走访几条", "我的本月分数"},
		"今天的":       {"我的本月分数", "还差什么", "本月排行榜"},
	} {
		if got := r.Read(text, onTuesday()).Suggestions; !cmp.Equal(got, want) {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

func TestNothingIsSuggestedThatTheAskerWouldNotBeTold(t *testing.T) {
	r, c := newTestReader(t), onTuesday()
	c.Permits = func(q Question) bool { return q.Grid == "" || q.Grid == "NXS-09" }
	for text, want := range map[string][]string{
		"张山上月得分":   {"我的上月分数", "还差什么", "上月排行榜"},
		"张三昨天得分":   {"我的本月分数", "还差什么", "本月排行榜"},
		"第三网格上月得分": {"梧桐第三网格上月多少分", "我的上月分数", "还差什么"},
	} {
		c.Home = nil
		if got := r.Read(text, c).Suggestions; !cmp.Equal(got, want) {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

func TestAStrangersNameIsSaidAndInheritsNothing(t *testing.T) {
	r, c := newTestReader(t), onTuesday()
	last := r.Read("3号网格上月得分", c)
	c.Last, c.LastAt = &last, c.Now.Add(-time.Minute)
	for text, name := range map[string]string{
		"翠竹社区排名": "翠竹社区", "红旗社区情况怎么样": "红旗社区", "翠竹网格得分": "翠竹网格", "刘德华上月得分": "刘德华", "今天天气怎么样": "",
		"99号网格多少分": "",
	} {
		q := r.Read(text, c)
		if q.Sure || q.Stranger != name {
			t.Errorf("%s: stranger %q, want %q (%s)", text, q.Stranger, name, asJSON(q))
		}
		for _, suggestion := range q.Suggestions {
			if got := r.Read(suggestion, onTuesday()); got.Grid != "" {
				t.Errorf("%s: %s is suggested", text, suggestion)
			}
		}
	}
}
