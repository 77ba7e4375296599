package remind_test

import (
	"strings"
	"testing"

	"github.com/nanxiashu/gridbot/bot/remind"
	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/sheet"
)

// guarded is a street in a special period: two stability persons in E1, one in E2
// and one in E3, and everything prepared in E1 and E3.
var guarded = sheets{
	sheet.Concerns: `对象编号,网格编号,姓名,类别,重点,档案
P1,E1,王小明,社区矫正人员,是,是
P2,E1,李大力,涉毒人员,否,是
P3,E2,赵有才,重点上访人员,否,是
P4,E2,钱不多,关爱对象,否,是
P5,E3,孙行者,邪教人员,否,是`,
	sheet.SpecialPeriods: "时段编号,名称,开始,结束\nT1,冬季安保,2026-11-22,2026-11-24",
	sheet.Readinesses:    "时段编号,网格编号,值班表,稳控方案,责任人\nT1,E1,是,是,是\nT1,E2,是,否,是\nT1,E3,是,是,是",
}

// called is a sheet of the Monday's visits: a person's number for each.
func called(numbers ...string) sheets {
	grids := map[string][2]string{
		"P1": {"E1", "13800000002"}, "P2": {"E1", "13800000001"}, "P3": {"E2", "13800000003"}, "P5": {"E3", "13800000006"},
	}
	text := "记录编号,网格编号,手机号,走访时间,图片数,对象编号"
	for i, number := range numbers {
		text += "\nC" + string(rune('a'+i)) + "," + grids[number][0] + "," + grids[number][1] + ",2026-11-23 15:30,1," + number
	}
	return sheets{sheet.Visits: text}
}

func TestOnEachDayOfAPeriodItIsToldWhomNobodyVisited(t *testing.T) {
	for name, visits := range map[string]sheets{
		"period_some_visited": called("P1", "P1", "P2", "P5", "P5"),
		"period_all_visited":  called("P1", "P1", "P2", "P2", "P3", "P3", "P5", "P5", "P5"),
		"period_visits_late":  {},
	} {
		t.Run(name, func(t *testing.T) {
			looks(t, name, busyWorld(t, walked(t), guarded, visits).at(t, clock(16, 50), remind.Period))
		})
	}
}

func TestOnlyTheChiefOfTheGridReadsOfAPersonAndNobodyTheName(t *testing.T) {
	due := busyWorld(t, walked(t), guarded, called("P1")).at(t, clock(16, 50), remind.Period)
	for _, r := range due {
		said := texts([]remind.Reminder{r})
		for person, of := range map[string]string{"王某": "ou_e1_chief", "李某": "ou_e1_chief", "赵某": "ou_e2_chief", "孙某": "ou_e3_chief"} {
			if strings.Contains(said, person) != (r.Receiver.ID == of) {
				t.Errorf("%s of %s's person %s:\n%s", r.Receiver.ID, of, person, said)
			}
		}
		for _, personal := range []string{"小明", "大力", "有才", "行者", "社区矫正", "涉毒", "P1", "P2", "P3", "P5"} {
			if strings.Contains(said, personal) {
				t.Errorf("%s reads %s", r.Receiver.ID, personal)
			}
		}
	}
	if len(due) != 4 {
		t.Errorf("%s are told", receivers(due))
	}
}

func TestASilencedGridsPersonsAreNotCounted(t *testing.T) {
	w := busyWorld(t, walked(t), guarded, called("P1"))
	if err := w.store.Silence(t.Context(), store.Silence{GridID: "E1", Until: monday, Reason: "道路施工", SetAt: clock(8, 0)}); err != nil {
		t.Fatal(err)
	}
	due := w.at(t, clock(16, 50), remind.Period)
	if said := texts(due); strings.Contains(said, "王某") || !strings.Contains(said, "2 位稳控对象里，2 位") {
		t.Error(said)
	}
}
