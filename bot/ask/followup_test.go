package ask

import (
	"testing"
	"time"
)

func TestOnePlaceIsNotSoMany(t *testing.T) {
	r := newTestReader(t)
	for text, want := range map[string]struct {
		top   int
		place bool
	}{
		"前三名": {3, false}, "第三名是谁": {3, true}, "第一名": {1, true}, "9月第13名是谁": {13, true},
		"后两名": {-2, false}, "倒数两名": {-2, false}, "倒数第二": {-2, true}, "倒数第2名是谁": {-2, true}, "垫底的是谁": {-1, true},
	} {
		q := r.Read(text, onTuesday())
		if q.Meaning != Ranking || !q.Sure || q.Top == nil || *q.Top != want.top || q.Place != want.place {
			t.Errorf("%s: %s, one place %v", text, asJSON(q), q.Place)
		}
	}
	c := onTuesday()
	last := r.Read("倒数第二", c)
	c.Last, c.LastAt = &last, c.Now
	if q := r.Read("上个月呢", c); q.Top == nil || *q.Top != -2 || !q.Place {
		t.Errorf("上个月呢 after 倒数第二: %s, one place %v", asJSON(q), q.Place)
	}
}

func TestAFollowUpInheritsWhatItLeavesOut(t *testing.T) {
	r := newTestReader(t)
	for _, tt := range []struct {
		first, then string
		meaning     Meaning
		said        string // what else is understood, as in testdata
	}{
		{"我的本月分数", "上个月呢", MyScore, "period=month:2026-10"},
		{"我的本月分数", "上个月的", MyScore, "period=month:2026-10"},
		{"我的本月分数", "那十月呢", MyScore, "period=month:2026-10"},
		{"我的上月分数", "排名呢", MyRank, "period=month:2026-10"},
		{"我的上月分数", "为什么", Deductions, "period=month:2026-10"},
		{"我的上月分数", "明细", Deductions, "period=month:2026-10"},
		{"我的上月分数", "为什么扣分", Deductions, "period=month:2026-10"},
		{"我的上月分数", "3号网格呢", ScoreOfGrid, "period=month:2026-10 grid=NXS-03"},
		{"我的上月分数", "张三呢", ScoreOfGrid, "period=month:2026-10 grid=NXS-03 person=张三"},
		{"我的上月分数", "云溪社区呢", Overview, "period=month:2026-10 community=云溪社区"},
		{"我上月排第几", "张三呢", Ranking, "period=month:2026-10 grid=NXS-03 person=张三"},
		{"我上月排第几", "本月的呢", MyRank, "period=month:2026-11"},
		{"3号网格上月得分", "4号网格呢", ScoreOfGrid, "period=month:2026-10 grid=NXS-04"},
		{"3号网格上月得分", "本月呢", ScoreOfGrid, "period=month:2026-11 grid=NXS-03"},
		{"3号网格上月得分", "排名呢", Ranking, "period=month:2026-10 grid=NXS-03"},
		{"3号网格上月得分", "扣分明细", Deductions, "period=month:2026-10 grid=NXS-03"},
		{"3号网格上月得分", "我的呢", MyScore, "period=month:2026-10"},
		{"3号网格上月得分", "我呢", MyScore, "period=month:2026-10"},
		{"3号网格上月得分", "我的分数呢", MyScore, "period=month:2026-10"},
		{"3号网格上月得分", "我的分数", MyScore, ""},
		{"3号网格上月得分", "4号网格多少分", ScoreOfGrid, "grid=NXS-04"},
		{"我的上月分数", "排行榜", Ranking, ""},
		{"我的上月分数", "那排行榜呢", Ranking, "period=month:2026-10"},
		{"云溪社区情况", "那3号呢", ScoreOfGrid, "grid=NXS-03"},
		{"梧桐社区情况", "那3号呢", ScoreOfGrid, "grid=NXS-09"},
		{"梧桐社区情况", "那3号网格呢", ScoreOfGrid, "grid=NXS-09"},
		{"梧桐社区情况", "第三网格呢", ScoreOfGrid, "grid=NXS-09"},
		{"梧桐社区上月排名", "那二号呢", Ranking, "period=month:2026-10 grid=NXS-08"},
		{"华阳社区情况", "那3号网格呢", ScoreOfGrid, "grid=NXS-03"},
		{"梧桐社区情况", "3号网格多少分", ScoreOfGrid, "grid=NXS-03"},
		{"3号网格上月得分", "5号呢", ScoreOfGrid, "period=month:2026-10 grid=NXS-05"},
		{"3号网格走访几条", "21号呢", Visits, "period=day:2026-11-21 grid=NXS-03"},
		{"我走访几条了", "3号呢", Visits, "period=day:2026-11-03"},
		{"梧桐社区排名", "后三名", Ranking, "community=梧桐社区 top=-3"},
		{"昨天走访几条", "排名呢", Ranking, ""},
		{"张三上月得分", "李四呢", ScoreOfGrid, "period=month:2026-10 grid=NXS-04 person=李四"},
		{"张三上月得分", "4号网格呢", ScoreOfGrid, "period=month:2026-10 grid=NXS-04"},
		{"张三上月得分", "还差什么", Shortfall, "grid=NXS-03 person=张三"},
		{"本月排行榜", "上个月呢", Ranking, "period=month:2026-10"},
		{"本月前十", "上个月呢", Ranking, "period=month:2026-10 top=10"},
		{"本月前十", "后五名呢", Ranking, "period=month:2026-11 top=-5"},
		{"本月前十", "云溪社区呢", Ranking, "period=month:2026-11 community=云溪社区 top=10"},
		{"云溪社区本月排名", "梧桐社区呢", Ranking, "period=month:2026-11 community=梧桐社区"},
		{"云溪社区本月排名", "上月呢", Ranking, "period=month:2026-10 community=云溪社区"},
		{"云溪社区上月情况", "排名呢", Ranking, "period=month:2026-10 community=云溪社区"},
		{"今天走访几条了", "昨天呢", Visits, "period=day:2026-11-23"},
		{"今天走访几条了", "里程呢", Mileage, "period=day:2026-11-24"},
		{"今天走访几条了", "上报呢", Items, "period=day:2026-11-24"},
		{"张三今天走访几条了", "里程呢", Mileage, "period=day:2026-11-24 grid=NXS-03 person=张三"},
		{"10月简报", "9月的呢", Bulletin, "period=month:2026-09"},
		{"全街道上月情况", "本月呢", Overview, "period=month:2026-11"},
		{"3号网格上月得分", "全街道呢", Overview, "period=month:2026-10"},
		{"3号网格上月得分", "本月排行榜", Ranking, "period=month:2026-11"},
		{"3号网格上月得分", "前十", Ranking, "period=month:2026-10 top=10"},
		{"3号网格上月得分", "迟到扣几分", RuleLookup, ""},
		{"3号网格上月得分", "我是谁", WhoAmI, ""},
		{"我的上月分数", "还差什么", Shortfall, ""},
		{"还差什么", "3号网格呢", Shortfall, "grid=NXS-03"},
		{"超期的事项", "张三呢", Overdue, "grid=NXS-03 person=张三"},
		{"近半年走势", "3号网格呢", Trend, "grid=NXS-03"},
	} {
		t.Run(tt.first+" "+tt.then, func(t *testing.T) {
			c := onTuesday()
			last := r.Read(tt.first, c)
			if !last.Sure {
				t.Fatalf("%s is not read", tt.first)
			}
			c.Last, c.LastAt = &last, c.Now.Add(-10*time.Minute)
			want := Question{Meaning: tt.meaning, Sure: true}
			setFields(t, &want, tt.said)
			if got := r.Read(tt.then, c); asJSON(got) != asJSON(want) {
				t.Errorf("got  %s\nwant %s", asJSON(got), asJSON(want))
			}
		})
	}
}

func TestWhatFollowsNothingIsNotAnsweredByGuess(t *testing.T) {
	r := newTestReader(t)
	score := r.Read("我的本月分数", onTuesday())
	help := r.Read("帮助", onTuesday())
	visits := r.Read("3号网格昨天走访几条", onTuesday())
	unsure := r.Read("99号网格多少分", onTuesday())
	for name, tt := range map[string]struct {
		text string
		last *Question
		age  time.Duration
	}{
		"no question before":            {"上个月呢", nil, 0},
		"the question is too old":       {"上个月呢", &score, followUpWithin + time.Second},
		"the question lies ahead":       {"上个月呢", &score, -time.Second},
		"the question was unsure":       {"上个月呢", &unsure, time.Minute},
		"an unknown person":             {"王五呢", &score, time.Minute},
		"an unknown grid":               {"99号网格呢", &score, time.Minute},
		"a time that is none":           {"上半年呢", &score, time.Minute},
		"a month to come":               {"下个月呢", &score, time.Minute},
		"nothing that is left out":      {"然后呢", &score, time.Minute},
		"thanks":                        {"谢谢", &score, time.Minute},
		"something else":                {"今天天气怎么样", &score, time.Minute},
		"a person doing something else": {"张三在吗", &score, time.Minute},
		"help has no period":            {"上个月呢", &help, time.Minute},
		"a grid or a day":               {"5号呢", &visits, time.Minute},
		"a score of a day":              {"昨天呢", &score, time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			c := onTuesday()
			c.Last, c.LastAt = tt.last, c.Now.Add(-tt.age)
			if got := r.Read(tt.text, c); got.Sure {
				t.Errorf("%s is read as %s", tt.text, asJSON(got))
			}
		})
	}
}
