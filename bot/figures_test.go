package bot

import (
	"strings"
	"testing"

	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/sheet"
)

// The week of 16 November, with Saturday 21 and the running Monday 23; G1 is
// exempt on Friday 20.
var lateNovember = sheets{
	sheet.Patrols: `网格编号,手机号,日期,公里数,时长
G1,13800000001,2026-11-19,2.5,3
G1,13800000002,2026-11-19,1.5,2.25
G1,13800000001,2026-11-21,0.8,0.5
G1,13800000001,2026-11-23,1.2,1.5
G1,13800000002,2026-11-23,0.4,0.75`,
	sheet.Visits: `记录编号,网格编号,手机号,走访时间,图片数
V9,G1,13800000001,2026-11-23 09:00,1`,
	sheet.Exemptions: `网格编号,开始,结束,原因
G1,2026-11-20,2026-11-20,停电`,
}

func TestFiguresOfADayAndOfAPerson(t *testing.T) {
	records := hamletStore(t)
	importSheets(t, records, lateNovember, store.ImportOptions{Now: now})
	for name, c := range map[string]struct {
		who, text string
		group     bool
		says, not []string
	}{
		"a day off has no standard, and what was walked counts": {"东一长", "11月21日走了多少公里", false,
			[]string{"11月21日是休息日，没有指标；做了的都算数", "0.8 公里"}, []string{"数据还没到", "没有这方面的标准"}},
		"a day off on which nothing was done": {"东一长", "11月22日走了多少公里", false,
			[]string{"11月22日是休息日，没有指标，好好休息。"}, []string{"0 公里", "数据还没到"}},
		"visits of a day off": {"东二长", "11月21日走访几条", false,
			[]string{"11月21日是休息日，没有指标，好好休息。"}, []string{"0 条"}},
		"a day on which the grid is exempt": {"东一长", "11月20日走了多少公里", false,
			[]string{"11月20日免考核"}, []string{"休息日"}},
		"a person's hours are the person's own": {"街领导", "东一员今天走了几个小时", false,
			[]string{"东一员今天时长", "0.75 小时", "0.4 公里", "下面是整个网格的"}, nil},
		"those of a week are added up": {"东社长", "东一长上周巡查时长", false,
			[]string{"东一长11月16日那周时长", "3.5 小时", "3.3 公里"}, nil},
		"one's own of today":                   {"东一员", "今天走了多久", false, []string{"您本人今天时长", "0.75 小时"}, nil},
		"who is alone in a grid reads it once": {"双格长", "三号网格今天走了多久", false, []string{"里程和时长"}, []string{"您本人"}},
		"a group hears no person's":            {"街领导", "东一员今天走了几个小时", true, []string{"里程和时长"}, []string{"东一员"}},
		"nor does another worker":              {"东二长", "东一员今天走了几个小时", false, []string{"这个暂时不能看"}, []string{"0.75"}},
	} {
		t.Run(name, func(t *testing.T) {
			c1, err := assistantOn(t, records).Answer(t.Context(), personOf(t, records, c.who), c.group, c.text, now)
			if err != nil {
				t.Fatal(err)
			}
			expect(t, c1.Text(), c.says, c.not)
		})
	}
}

// expect looks for what a text must say, and must not.
func expect(t *testing.T, text string, says, not []string) {
	t.Helper()
	for _, want := range says {
		if !strings.Contains(text, want) {
			t.Errorf("does not say %q:\n%s", want, text)
		}
	}
	for _, no := range not {
		if strings.Contains(text, no) {
			t.Errorf("says %q:\n%s", no, text)
		}
	}
}
