package store_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/sheet"
)

var november = calendar.NewMonth(2026, time.November)

// Whatever is imported later, the facts of the moment before can still be told.
func TestPastFactsAreWhatTheyWere(t *testing.T) {
	const visit = "记录编号,网格编号,手机号,走访时间,图片数,作废\n"
	for name, later := range map[string]sheets{
		"the same":        street,
		"a visit more":    {sheet.Visits: visit + "V3,G1,13800000001,2026-11-20 10:00,1,"},
		"a visit changed": {sheet.Visits: visit + "V1,G2,13800000002,2026-11-20 10:00,0,"},
		"a visit taken back, and others": {
			sheet.Visits:      visit + "V1,,,,,是\nV2,,,,,是",
			sheet.Patrols:     "网格编号,手机号,日期,公里数,作废\nG1,13800000001,2026-11-20,,是\nG1,13800000001,2026-11-18,7,",
			sheet.Items:       "事项编号,网格编号,手机号,上报时间,类别,处置时限,处置时间\nS1,G1,13800000001,2026-11-20 09:00,社会治安,2026-11-21 09:00,2026-11-20 10:00",
			sheet.TrackPoints: "手机号,时间,经度,纬度\n13800000001,2026-11-19 10:00,113.26,23.13\n13800000001,2026-11-19 11:00,113.27,23.14",
		},
		"the street": {
			sheet.Grids:       "网格编号,网格名称,社区,总户数\nG1,一号网格,东社区,301\nG3,三号网格,东社区,100",
			sheet.People:      "姓名,手机号,角色,网格编号\n甲,13800000001,网格员,G1\n戊,13800000005,网格长,G1",
			sheet.Concerns:    "对象编号,网格编号,姓名,类别,重点,档案\nD1,G2,某人,精神病人,是,否\nD2,G1,某人,涉毒人员,是,否",
			sheet.HazardSites: "场所编号,网格编号,名称,作废\nC3,G1,油库,",
			sheet.Attendances: "会议编号,会议名称,日期,手机号,状态\nM1,例会,2026-11-19,13800000001,缺席",
			sheet.Findings:    "认定编号,网格编号,类型,日期,作废\nR1,,,,是",
			sheet.Exemptions:  "网格编号,开始,结束,原因\n全部,2026-11-20,2026-11-20,停电",
			sheet.Collections: "网格编号,户编号,采集时间\nG1,H2,2026-11-20 10:00",
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := settled(t)
			now := noon.AddDate(0, 0, 1)
			query := store.FactsQuery{Month: november, At: noon, Grids: []string{"G1"}}
			want := facts(t, s, query)[0]
			for _, at := range []time.Time{now, now.Add(time.Hour)} { // the same again changes nothing
				load(t, s, later, store.ImportOptions{Now: at, Through: map[sheet.Name]calendar.Date{sheet.Visits: calendar.DateOf(at)}})
			}
			got, err := s.PastFacts(t.Context(), "G1", november, noon)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(asJSON(t, want), asJSON(t, got)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAGridThatCameLaterHasNoPast(t *testing.T) {
	s := settled(t)
	load(t, s, sheets{sheet.Grids: "网格编号,网格名称,社区,总户数\nG3,三号网格,东社区,100"}, store.ImportOptions{Now: noon.Add(time.Hour)})
	if _, err := s.PastFacts(t.Context(), "G3", november, noon); !errors.Is(err, store.ErrNotFound) {
		t.Error(err)
	}
	if _, err := s.PastFacts(t.Context(), "G3", november, noon.Add(time.Hour)); err != nil {
		t.Error(err)
	}
}

func TestChangesOfAGridSinceAMoment(t *testing.T) {
	s := settled(t)
	load(t, s, sheets{
		sheet.Visits: "记录编号,网格编号,手机号,走访时间,图片数,作废\nV1,,,,,是\nV2,G1,13800000001,2026-11-20 11:00,2,\n" +
			"V3,G1,13800000001,2026-11-20 10:00,1,\nV4,G2,13800000002,2026-11-20 10:00,1,\nV5,G1,13800000001,2026-10-14 10:00,1,",
		sheet.Attendances: "会议编号,会议名称,日期,手机号,状态\nM1,例会,2026-11-19,13800000001,缺席",
	}, store.ImportOptions{Now: noon.Add(time.Hour), By: "wang"})
	changes, err := s.ChangesSince(t.Context(), "G1", november, noon)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range changes {
		got = append(got, fmt.Sprintf("%s %s %s %s %d", c.What, c.Sheet, c.Key, c.By, c.Import))
	}
	want := []string{"作废 走访 V1 wang 2", "更新 走访 V2 wang 2", "新增 走访 V3 wang 2", "更新 会议 M1+13800000001 wang 2"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if none, err := s.ChangesSince(t.Context(), "G1", november, noon.Add(time.Hour)); err != nil || len(none) > 0 {
		t.Error(none, err)
	}
}

func asJSON(t *testing.T, f *scoring.Facts) string {
	t.Helper()
	text, err := json.MarshalIndent(f, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
