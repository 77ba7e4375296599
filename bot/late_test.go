package bot

import (
	"maps"
	"strings"
	"testing"

	"github.com/nanxiashu/gridbot/bot/ask"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/sheet"
)

type date = calendar.Date

func TestMissingDataAreNeitherFullMarksNorZero(t *testing.T) {
	visits := "记录编号,网格编号,手机号,走访时间,图片数\nV1,G1,13800000001,2026-11-20 10:00,1"
	patrols := "网格编号,手机号,日期,公里数,时长\nG1,13800000001,2026-11-20,5.5,3"
	items := "事项编号,网格编号,手机号,上报时间,类别,标题,处置时限\nS1,G1,13800000001,2026-11-20 09:00,城市管理,某事,2026-11-30 09:00"
	all := sheets{sheet.Visits: visits, sheet.Patrols: patrols, sheet.Items: items}
	for name, c := range map[string]struct {
		records sheets
		through map[sheet.Name]date
		asked   ask.Question
		says    []string
		not     []string
	}{
		"nothing at all has come": {
			sheets{}, nil, ask.Question{Meaning: ask.MyScore},
			[]string{"待定", "数据未到", "走访数据还没到"}, []string{"得分 100", "得分 0", "30 / 30"}},
		"no item has come": {
			sheets{sheet.Visits: visits, sheet.Patrols: patrols}, nil, ask.Question{Meaning: ask.MyScore},
			[]string{"待定", "事项上报  ▁▁▁▁▁▁▁▁▁▁  数据未到", "事项数据还没到"}, []string{"街道名次"}},
		"there is no rank without data": {
			sheets{sheet.Visits: visits, sheet.Patrols: patrols}, nil, ask.Question{Meaning: ask.MyRank},
			[]string{"11月的数据还没到齐，暂时没有名次"}, []string{"街道名次"}},
		"kilometres are late": {
			sheets{sheet.Visits: visits, sheet.Patrols: strings.ReplaceAll(patrols, "11-20", "11-17"), sheet.Items: items},
			map[sheet.Name]date{sheet.Visits: day("2026-11-22"), sheet.Items: day("2026-11-22")},
			ask.Question{Meaning: ask.MyScore},
			[]string{"11月得分（暂计）", "里程数据到 11月17日"}, []string{"待定"}},
		"kilometres that never came are not 0": {
			sheets{sheet.Visits: visits, sheet.Items: items}, nil,
			ask.Question{Meaning: ask.Mileage, Period: period("month:2026-11")},
			[]string{"11月的里程数据还没到"}, []string{"0 公里", "没有这方面的标准"}},
		"a day without data has no figure": {
			all, map[sheet.Name]date{sheet.Visits: day("2026-11-22"), sheet.Items: day("2026-11-22"), sheet.Patrols: day("2026-11-22")},
			ask.Question{Meaning: ask.Items},
			[]string{"数据未到，应 4 条"}, []string{"0 / 4"}},
		"a day without data is no shortage of today": {
			all, map[sheet.Name]date{sheet.Visits: day("2026-11-22"), sheet.Items: day("2026-11-22"), sheet.Patrols: day("2026-11-22")},
			ask.Question{Meaning: ask.Shortfall},
			[]string{"走访应 4 条，今天的走访数据还没到", "上报应 4 条，今天的事项数据还没到"}, []string{"0 / 4 条"}},
		"a day that is declared complete is one": {
			all, map[sheet.Name]date{sheet.Visits: day("2026-11-23"), sheet.Items: day("2026-11-23"), sheet.Patrols: day("2026-11-23")},
			ask.Question{Meaning: ask.Shortfall},
			[]string{"0 / 4 条"}, []string{"还没到"}},
		"a month before the first records, in which only a meeting was": {
			with(all, sheet.Attendances, "会议编号,会议名称,日期,手机号,状态\nM1,八月例会,2026-08-05,13800000001,迟到"), nil,
			ask.Question{Meaning: ask.MyScore, Period: period("month:2026-08")},
			[]string{"8月没有数据", "不计分，也不算零分"}, []string{"得分", "扣"}},
		"its ranking is none": {
			with(all, sheet.Attendances, "会议编号,会议名称,日期,手机号,状态\nM1,八月例会,2026-08-05,13800000001,迟到"), nil,
			ask.Question{Meaning: ask.MyRank, Period: period("month:2026-08")},
			[]string{"没有找到8月的记录，所以不排名"}, []string{"街道名次"}},
		"a month before the first kilometres and items, in which one visit was": {
			with(all, sheet.Visits, visits+"\nV0,G2,13800000003,2026-08-20 10:00,1"), nil,
			ask.Question{Meaning: ask.MyScore, Period: period("month:2026-08")},
			[]string{"待定", "事项上报  ▁▁▁▁▁▁▁▁▁▁  数据未到", "没有8月的里程记录，这部分暂不计分", "没有8月的事项记录"},
			[]string{"8月得分（暂计）", "公里数 扣", "里程 扣", "每日报送", "上报总数"}},
		"its deductions are those of what was recorded": {
			with(all, sheet.Visits, visits+"\nV0,G2,13800000003,2026-08-20 10:00,1"), nil,
			ask.Question{Meaning: ask.Deductions, Period: period("month:2026-08")},
			[]string{"没有8月的里程记录"}, []string{"公里/天", "事项上报 扣"}},
		"a month in which nothing was recorded": {
			all, map[sheet.Name]date{sheet.Visits: day("2026-11-22"), sheet.Items: day("2026-11-22"), sheet.Patrols: day("2026-11-22")},
			ask.Question{Meaning: ask.MyScore, Period: period("month:2026-06")},
			[]string{"6月没有数据"}, []string{"得分"}},
	} {
		t.Run(name, func(t *testing.T) {
			records := emptyStore(t)
			texts := sheets{sheet.Grids: hamlet[sheet.Grids], sheet.People: hamlet[sheet.People]}
			for name, text := range c.records {
				texts[name] = text
			}
			importSheets(t, records, texts, store.ImportOptions{Now: now, Through: c.through})
			q, err := assistantOn(t, records).asking(t.Context(), personOf(t, records, "东一长"), false, now)
			if err != nil {
				t.Fatal(err)
			}
			q.Question = c.asked
			q.Sure = true
			answered, err := assistantOn(t, records).answer(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			text := answered.Text()
			for _, want := range c.says {
				if !strings.Contains(text, want) {
					t.Errorf("does not say %q:\n%s", want, text)
				}
			}
			for _, no := range c.not {
				if strings.Contains(text, no) {
					t.Errorf("says %q:\n%s", no, text)
				}
			}
		})
	}
}

// with are the sheets with another text of one of them.
func with(texts sheets, name sheet.Name, text string) sheets {
	all := maps.Clone(texts)
	all[name] = text
	return all
}
