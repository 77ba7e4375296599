package store_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/sheet"
)

// delivered is an import that came in at noon of a day of November 2026.
type delivered struct {
	day      int
	records  records
	complete map[sheet.Name]int // --through, a day of November
}

func (d delivered) take(t testing.TB, s *store.Store) {
	t.Helper()
	options := store.ImportOptions{Now: inNovember(d.day).Start().Add(12 * time.Hour), Through: map[sheet.Name]calendar.Date{}}
	for name, day := range d.complete {
		options.Through[name] = inNovember(day)
	}
	d.records.take(t, s, options)
}

func inNovember(day int) calendar.Date { return calendar.NewDate(2026, time.November, day) }

// visitsOn are visits at 9 o'clock of the days of November.
func visitsOn(days ...string) records {
	var rows []string
	for _, day := range days {
		rows = append(rows, "V"+day+",G1,甲,2026-11-"+day+" 09:00,1")
	}
	return records{sheet.Visits: strings.Join(rows, "\n")}
}

// 21 and 22 November 2026 are a Saturday and a Sunday.
func TestHowFarTheVisitsReach(t *testing.T) {
	s := open(t)
	for name, c := range map[string]struct {
		imports []delivered
		at      int // noon of that day of November; 0 = 24
		want    int // 0 = nothing is complete
	}{
		"a sheet that has no row yet is complete through nothing": {nil, 0, 0},
		"through the day of the latest row": {
			[]delivered{{20, visitsOn("16", "18"), nil}}, 0, 18},
		"never through the day on which the rows came in": {
			[]delivered{{20, visitsOn("16", "20"), nil}}, 0, 19},
		"rows of the future carry it nowhere": {
			[]delivered{{18, visitsOn("16", "30"), nil}}, 0, 16},
		"the same rows on a later day complete their day": {
			[]delivered{{19, visitsOn("19"), nil}, {20, visitsOn("19"), nil}}, 0, 19},
		"rows that come late say nothing new": {
			[]delivered{{19, visitsOn("19"), nil}, {24, visitsOn("12"), nil}}, 0, 18},
		"through the days without duty that follow": {
			[]delivered{{21, visitsOn("20"), nil}}, 0, 22},
		"but not beyond the day on which it is seen": {
			[]delivered{{21, visitsOn("20"), nil}}, 21, 21},
		"through a day on which the whole street is exempted": {
			[]delivered{{21, visitsOn("20"), nil}, {21, records{sheet.Exemptions: "全部,2026-11-23,2026-11-23,停电"}, nil}}, 0, 23},
		"not through a day on which one grid is exempted": {
			[]delivered{{21, visitsOn("20"), nil}, {21, records{sheet.Exemptions: "G1,2026-11-23,2026-11-23,停电"}, nil}}, 0, 22},
		"a later declared day holds": {
			[]delivered{{20, visitsOn("18"), map[sheet.Name]int{sheet.Visits: 19}}}, 0, 19},
		"an earlier declared day does not": {
			[]delivered{{20, visitsOn("18"), map[sheet.Name]int{sheet.Visits: 17}}}, 0, 18},
		"a declared day does not move back": {
			[]delivered{{20, visitsOn("18"), map[sheet.Name]int{sheet.Visits: 20}}, {20, visitsOn("17"), map[sheet.Name]int{sheet.Visits: 19}}}, 0, 20},
		"the declaration for another sheet does not count": {
			[]delivered{{20, visitsOn("18"), map[sheet.Name]int{sheet.Items: 20}}}, 0, 18},
		"a latest row that is taken back takes its day along": {
			[]delivered{{20, visitsOn("17", "19"), nil}, {20, records{sheet.Visits: "V19,,,,,,,是"}, nil}}, 0, 17},
		"when the only row is taken back there is none": {
			[]delivered{{20, visitsOn("17"), nil}, {20, records{sheet.Visits: "V17,,,,,,,是"}, nil}}, 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			empty(t, s)
			twoGrids.take(t, s, store.ImportOptions{})
			for _, d := range c.imports {
				d.take(t, s)
			}
			if c.at == 0 {
				c.at = 24
			}
			var want calendar.Date
			if c.want != 0 {
				want = inNovember(c.want)
			}
			if got := reach(t, s, c.at)[sheet.Visits].Through; got != want {
				t.Errorf("got %s, want %s", got, want)
			}
		})
	}
}

func TestTheReachOfEachSheetIsItsOwn(t *testing.T) {
	s := open(t)
	twoGrids.take(t, s, store.ImportOptions{})
	delivered{24, records{
		sheet.Visits:  "V1,G1,甲,2026-11-17 09:00,1\nV2,G1,甲,2026-11-19 09:00,1",
		sheet.Patrols: "G1,甲,2026-11-16,1",
		sheet.Items:   "S1,G1,甲,2026-11-11 23:30,城市管理,2026-11-30 09:00", // by 上报时间
	}, nil}.take(t, s)
	want := map[sheet.Name]store.Reach{
		sheet.Visits:  {Sheet: sheet.Visits, Through: inNovember(19), Latest: moment(t, "2026-11-17 09:00")},
		sheet.Patrols: {Sheet: sheet.Patrols, Through: inNovember(16), Latest: moment(t, "2026-11-16 00:00")},
		sheet.Items:   {Sheet: sheet.Items, Through: inNovember(11), Latest: moment(t, "2026-11-11 23:30")},
	}
	if diff := cmp.Diff(want, reach(t, s, 18), cmp.Comparer(time.Time.Equal)); diff != "" {
		t.Error(diff)
	}
}

func TestKilometresReachAsFarAsTheLaterOf里程AndTrackPoints(t *testing.T) {
	s := open(t)
	point := func(day string) records {
		return records{sheet.TrackPoints: "甲,2026-11-" + day + " 09:00,119.9,31.7"}
	}
	patrol := func(day string) records { return records{sheet.Patrols: "G1,甲,2026-11-" + day + ",1"} }
	for name, c := range map[string]struct {
		imports []delivered
		want    int
		latest  string // up to noon of the 19th
	}{
		"track points alone":          {[]delivered{{20, point("18"), nil}}, 18, "2026-11-18 09:00"},
		"track points later than 里程":  {[]delivered{{20, patrol("16"), nil}, {20, point("18"), nil}}, 18, "2026-11-18 09:00"},
		"里程 later than track points":  {[]delivered{{20, patrol("18"), nil}, {20, point("16"), nil}}, 18, "2026-11-18 00:00"},
		"both on the same day":        {[]delivered{{20, patrol("18"), nil}, {20, point("18"), nil}}, 18, "2026-11-18 09:00"},
		"not the day they came in":    {[]delivered{{18, point("18"), nil}}, 17, "2026-11-18 09:00"},
		"a declaration of 轨迹点":        {[]delivered{{20, point("16"), map[sheet.Name]int{sheet.TrackPoints: 19}}}, 19, "2026-11-16 09:00"},
		"a declaration of 里程":         {[]delivered{{20, together(point("16"), patrol("16")), map[sheet.Name]int{sheet.Patrols: 19}}}, 19, "2026-11-16 09:00"},
		"later than the moment":       {[]delivered{{24, together(point("19"), point("23")), nil}}, 23, "2026-11-19 09:00"},
		"the latest point taken back": {[]delivered{{20, together(point("16"), point("18")), nil}, {20, takenBack(point("18")), nil}}, 16, "2026-11-16 09:00"},
	} {
		t.Run(name, func(t *testing.T) {
			empty(t, s)
			twoGrids.take(t, s, store.ImportOptions{})
			for _, d := range c.imports {
				d.take(t, s)
			}
			if got := reach(t, s, 24)[sheet.Patrols].Through; got != inNovember(c.want) {
				t.Errorf("through %s, want %s", got, inNovember(c.want))
			}
			if got := reach(t, s, 19)[sheet.Patrols].Latest; !got.Equal(moment(t, c.latest)) {
				t.Errorf("latest %s, want %s", got, c.latest)
			}
		})
	}
}

func TestRowsThatAreTakenBackTakeTheirDayAlong(t *testing.T) {
	s := open(t)
	twoGrids.take(t, s, store.ImportOptions{})
	records{
		sheet.Patrols: "G1,甲,2026-11-16,1\nG1,甲,2026-11-18,1",
		sheet.Items:   "S1,G1,甲,2026-11-10 09:00,城市管理,2026-11-30 09:00\nS2,G1,甲,2026-11-12 09:00,城市管理,2026-11-30 09:00",
	}.take(t, s, store.ImportOptions{})
	load(t, s, sheets{
		sheet.Patrols: "网格编号,手机号,日期,公里数,作废\nG1,13800000001,2026-11-18,,是",
		sheet.Items:   "事项编号,网格编号,手机号,上报时间,类别,处置时限,作废\nS2,,,,,,是",
	}, store.ImportOptions{})
	got := reach(t, s, 24)
	if patrols, items := got[sheet.Patrols].Through, got[sheet.Items].Through; patrols != inNovember(16) || items != inNovember(10) {
		t.Errorf("patrols through %s, items through %s", patrols, items)
	}
}

func reach(t testing.TB, s *store.Store, day int) map[sheet.Name]store.Reach {
	t.Helper()
	r, err := s.Reach(t.Context(), inNovember(day).Start().Add(12*time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestFactsSayWhichGroupsAreLate(t *testing.T) {
	testFacts(t, map[string]factsCase{
		"what never came is complete through the day before the month": {
			at: "2026-10-20 12:00",
			want: `{"through": {"visits": "2026-09-30", "key_persons": "2026-09-30", "special_persons": "2026-09-30",
				"hazard_sites": "2026-09-30", "control": "2026-09-30", "km": "2026-09-30", "hours": "2026-09-30",
				"reports": "2026-09-30", "disposal": "2026-09-30"}}`},
		"each group is as late as its sheet": {
			records: records{
				sheet.Visits:  "V1,G2,丁,2026-10-12 09:00,1",
				sheet.Patrols: "G2,丁,2026-10-13,1",
				sheet.Items:   "S1,G2,丁,2026-10-14 09:00,城市管理,2026-12-30 09:00"},
			at: "2026-10-20 12:00",
			want: `{"through": {"visits": "2026-10-12", "key_persons": "2026-10-12", "special_persons": "2026-10-12",
				"hazard_sites": "2026-10-12", "control": "2026-10-12", "km": "2026-10-13", "hours": "2026-10-13",
				"reports": "2026-10-14", "disposal": "2026-10-14"}}`},
		"what is complete through yesterday is not late": {
			records: records{
				sheet.Visits:  "V1,G2,丁,2026-10-15 09:00,1",
				sheet.Patrols: "G2,丁,2026-10-16,1",
				sheet.Items:   "S1,G2,丁,2026-10-14 09:00,城市管理,2026-12-30 09:00"},
			at:   "2026-10-16 12:00",
			want: `{"through": {"reports": "2026-10-14", "disposal": "2026-10-14"}}`},
	})
}
