package store_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/sheet"
)

// changed lists the months of the street ("11") and of grids ("G1 11") that have
// changed since.
func changed(t *testing.T, s *store.Store, since store.Version) []string {
	t.Helper()
	var months []string
	for month := calendar.NewMonth(2026, time.September); month <= calendar.NewMonth(2026, time.December); month++ {
		c, err := s.MonthChanges(t.Context(), month, since.Records)
		if err != nil {
			t.Fatal(err)
		}
		name := fmt.Sprintf("%02d", month.Calendar())
		if c.Month > since.Records {
			months = append(months, name)
		}
		for _, grid := range []string{"G1", "G2"} {
			if c.Street > since.Records || slices.Contains(c.Grids, grid) {
				months = append(months, grid+" "+name)
			}
		}
	}
	return months
}

func TestAnImportMarksTheMonthsOfTheGridsItTouches(t *testing.T) {
	everything := []string{"09", "10", "11", "12", "G1 09", "G1 10", "G1 11", "G1 12", "G2 09", "G2 10", "G2 11", "G2 12"}
	ofG1 := []string{"09", "10", "11", "12", "G1 09", "G1 10", "G1 11", "G1 12"}
	const visit, item = "记录编号,网格编号,手机号,走访时间,图片数\n", "事项编号,网格编号,手机号,上报时间,类别,处置时限\n"
	s := open(t)
	for name, c := range map[string]struct {
		sheets sheets
		want   []string
	}{
		"the same rows touch nothing":             {sheets{sheet.Visits: street[sheet.Visits]}, nil},
		"a visit touches its month":               {sheets{sheet.Visits: visit + "V3,G1,13800000001,2026-11-18 10:00,1"}, []string{"11", "G1 11"}},
		"in a week of two months it touches both": {sheets{sheet.Visits: visit + "V3,G1,13800000001,2026-10-31 10:00,1"}, []string{"10", "11", "G1 10", "G1 11"}},
		"a visit that moves touches where it was": {sheets{sheet.Visits: visit + "V1,G2,13800000002,2026-10-14 10:00,1"}, []string{"10", "11", "G1 11", "G2 10"}},
		"a visit taken back":                      {sheets{sheet.Visits: "记录编号,网格编号,手机号,走访时间,图片数,作废\nV1,,,,,是"}, []string{"11", "G1 11"}},
		"an item touches the month it is due in":  {sheets{sheet.Items: item + "S2,G2,13800000002,2026-10-14 09:00,社会治安,2026-12-14 09:00"}, []string{"10", "12", "G2 10", "G2 12"}},
		"a meeting touches the person's grid":     {sheets{sheet.Attendances: "会议编号,会议名称,日期,手机号,状态\nM2,例会,2026-11-18,13800000002,缺席"}, []string{"11", "G2 11"}},
		"kilometres":                              {sheets{sheet.Patrols: "网格编号,手机号,日期,公里数\nG1,13800000001,2026-11-20,6"}, []string{"11", "G1 11"}},
		"a household collected":                   {sheets{sheet.Collections: "网格编号,户编号,采集时间\nG2,H1,2026-10-31 10:00"}, []string{"10", "G2 10"}},
		"a person of concern touches every month": {sheets{sheet.Concerns: "对象编号,网格编号,姓名,类别,重点,档案\nD1,G1,某人,精神病人,是,否"}, ofG1},
		"an exemption of a grid":                  {sheets{sheet.Exemptions: "网格编号,开始,结束,原因\nG1,2026-10-14,2026-11-18,停电"}, ofG1},
		"an exemption of the street":              {sheets{sheet.Exemptions: "网格编号,开始,结束,原因\n全部,2026-10-14,2026-10-14,停电"}, everything},
		"a grid":                                  {sheets{sheet.Grids: "网格编号,网格名称,社区,总户数\nG1,一号网格,东社区,301"}, everything},
		"a person":                                {sheets{sheet.People: "姓名,手机号,角色,网格编号\n甲,13800000001,网格员,G1"}, everything},
		"a sheet that no longer reaches so far":   {sheets{sheet.Items: "事项编号,网格编号,手机号,上报时间,类别,处置时限\nS1,G1,13800000001,2026-11-18 09:00,社会治安,2026-12-14 09:00"}, everything},
		"a sheet that reaches further":            {sheets{sheet.Visits: visit + "V3,G1,13800000001,2026-11-21 10:00,1"}, everything},
	} {
		t.Run(name, func(t *testing.T) {
			empty(t, s)
			settle(t, s)
			before := version(t, s)
			load(t, s, c.sheets, store.ImportOptions{})
			grown := changed(t, s, before)
			slices.Sort(grown)
			slices.Sort(c.want)
			if diff := cmp.Diff(c.want, grown); diff != "" {
				t.Error(diff)
			}
		})
	}
}
