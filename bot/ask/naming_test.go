package ask

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAGridIsFoundOnlyWhereOneCanBeMeant(t *testing.T) {
	numbers := NewDirectory([]Grid{
		{"A-01", "第一网格", "东社区"}, {"A-02", "第二网格", "东社区"}, {"A-07", "第一网格", "西湖社区"},
		{"B-02", "花园北里网格", "西湖社区"}, {"B-9", "花园南里网格", "西湖社区"},
		{"B-12", "一号桥网格", "西湖社区"}, {"C-12", "百货楼网格", "西湖社区"},
	}, nil, nil)
	r := newTestReader(t)
	for text, want := range map[string]string{
		"第一网格得分":       "", // there are two
		"西湖社区第一网格得分":   "A-07",
		"西湖的1号网格得分":    "A-07",
		"第二网格得分":       "A-02",
		"7号网格得分":       "A-07", // no name has the number, one id has
		"12号网格得分":      "",     // two ids have it
		"花园网格得分":       "",     // the beginning of two names
		"花园北里得分":       "B-02",
		"南里多少分":        "B-9",
		"b9得分":         "B-9",
		"B-09得分":       "",
		"一号桥得分":        "B-12",
		"百货楼网格上月得分":    "C-12",
		"西湖社区a-01网格得分": "", // it is not there
	} {
		c := onTuesday()
		c.Directory = numbers
		if q := r.Read(text, c); q.Grid != want || q.Sure != (want != "") {
			t.Errorf("%s: grid %q, sure %v; want %q", text, q.Grid, q.Sure, want)
		}
	}
}

func TestWhatMayHaveBeenMeantIsSuggested(t *testing.T) {
	r := newTestReader(t)
	for text, want := range map[string][]string{
		"张山上月得分":     {"张三上月得分", "我的上月分数", "还差什么"},
		"云西社区排名":     {"云溪社区排名", "本月排行榜", "我的本月分数"},
		"上个月的":       {"我的上月分数", "还差什么", "上月排行榜"},
		"9月和10月排名":   {"本月排行榜", "我的本月分数", "还差什么"},
		"99号网格走访几条":  {"本月走访几条", "我的本月分数", "还差什么"},
		"云溪社区9号网格得分": {"我的本月分数", "还差什么", "本月排行榜"},
		"今天别提醒我":     nil,
		"我要申诉":       {"我的本月分数", "还差什么", "本月排行榜"},
		"今天天气怎么样":    {"还差什么", "我的本月分数", "本月排行榜"},
	} {
		if got := r.Read(text, onTuesday()).Suggestions; !cmp.Equal(got, want) {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

func TestTheAskersOwnCommunityIsNamedWhereThereIsOne(t *testing.T) {
	r := newTestReader(t)
	for name, tt := range map[string]struct {
		home      []string
		community string
		open      bool
	}{
		"one":     {[]string{"云溪社区"}, "云溪社区", false},
		"several": {[]string{"云溪社区", "梧桐社区"}, "", true},
		"none":    {nil, "", true},
	} {
		c := onTuesday()
		c.Home = tt.home
		q := r.Read("我们社区排名", c)
		if !q.Sure || q.Meaning != Ranking || q.Community != tt.community || q.Home != tt.open {
			t.Errorf("%s: %s, home %v", name, asJSON(q), q.Home)
		}
	}
}

func TestTheTopicIsTheClauseThatIsSpokenOf(t *testing.T) {
	r := newTestReader(t)
	for text, want := range map[string]string{
		"迟到扣几分": "attendance.late", "缺席会议扣多少分": "attendance.absent", "公里数怎么算": "patrol.distance",
		"走访要求多少条": "patrol.visits", "重点人员多久走访一次": "patrol.key_persons", "弄虚作假扣几分": "reporting.falsified",
		"瞒报扣多少": "reporting.emergency", "办结率怎么算": "closure.rate", "怎么加分": "bonus", "巡查走访占多少分": "patrol",
		"满分多少": "total", "考核办法": "total", "走访差几条": "patrol.visits", "我的巡查得分": "patrol", "我的总分": "total",
		"我要申诉": "appeal", "走访扣错了": "appeal", "今天别提醒我": "mute", "今天不要提醒我走访": "mute", "还差什么": "",
		"预览今天的提醒": "preview", "今天会发哪些提醒": "preview", "提醒预览": "preview", "看看今天的提醒": "preview",
		"今天有哪些提醒？": "preview", "帮我预览一下今天的提醒": "preview", "今天要提醒谁": "preview",
	} {
		if q := r.Read(text, onTuesday()); q.Topic != want {
			t.Errorf("%s: topic %q, want %q (%s)", text, q.Topic, want, q.Meaning)
		}
	}
}

func TestWithoutADirectoryNobodyIsKnown(t *testing.T) {
	r := newTestReader(t)
	c := Context{Now: tuesday}
	for _, text := range []string{"3号网格多少分", "张三上月得分", "云溪社区排名", "NXS-03"} {
		if q := r.Read(text, c); q.Sure {
			t.Errorf("%s is read as %s", text, asJSON(q))
		}
	}
	if q := r.Read("我的本月分数", c); !q.Sure {
		t.Error("the asker's own score needs no directory")
	}
}

func TestADirectoryLeavesTheCallersListAlone(t *testing.T) {
	communities := []string{"梧桐社区", "云溪社区"}
	NewDirectory([]Grid{{"N-1", "第一网格", "安定社区"}}, nil, communities)
	if !slices.Equal(communities, []string{"梧桐社区", "云溪社区"}) {
		t.Errorf("it became %v", communities)
	}
}
