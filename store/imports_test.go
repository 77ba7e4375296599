package store_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/sheet"
)

func TestEveryImportIsOnRecord(t *testing.T) {
	s := settled(t)
	november30 := calendar.NewDate(2026, time.November, 30)
	load(t, s, sheets{
		sheet.Visits:  "记录编号,网格编号,手机号,走访时间,图片数,作废\nV1,G1,13800000001,2026-11-20 10:00,2,\nV2,,,,,是\nV3,G1,13800000001,2026-11-20 10:00,1,",
		sheet.Patrols: "网格编号,手机号,日期,公里数\nG9,13800000001,2026-11-19,6",
	}, store.ImportOptions{
		Now: noon.Add(time.Hour), By: "wang", Through: map[sheet.Name]calendar.Date{sheet.Visits: november30},
	})
	load(t, s, sheets{sheet.Visits: street[sheet.Visits]}, store.ImportOptions{Now: noon.Add(2 * time.Hour), DryRun: true})

	imports, err := s.Imports(t.Context(), 1)
	if err != nil || len(imports) != 1 {
		t.Fatal(imports, err)
	}
	last := imports[0]
	for _, f := range last.Files {
		if len(f.SHA256) != 64 {
			t.Errorf("%+v", f)
		}
	}
	want := store.ImportRecord{By: "wang", At: noon.Add(time.Hour), Sheets: []store.ImportedSheet{
		{Sheet: sheet.Visits, New: 1, Changed: 1, Withdrawn: 1, Through: november30},
		{Sheet: sheet.Patrols, Bad: 1},
	}}
	ignored := cmpopts.IgnoreFields(store.ImportRecord{}, "ID", "Files")
	if diff := cmp.Diff(want, last, ignored, cmpopts.EquateApproxTime(0)); diff != "" || len(last.Files) != 2 {
		t.Error(diff, last.Files)
	}
	if all, err := s.Imports(t.Context(), 10); err != nil || len(all) != 2 {
		t.Errorf("%d imports, %v", len(all), err)
	}
}

func TestWhatARowSaidBeforeIsKept(t *testing.T) {
	s := settled(t)
	if n := number(t, s, `select count(*) from row_history`); n != 0 {
		t.Errorf("%d rows of history after the first import", n)
	}
	load(t, s, sheets{sheet.Patrols: "网格编号,手机号,日期,公里数\nG1,13800000001,2026-11-20,6"}, store.ImportOptions{})
	load(t, s, sheets{sheet.Patrols: "网格编号,手机号,日期,公里数\nG1,13800000001,2026-11-20,6"}, store.ImportOptions{}) // the same
	load(t, s, sheets{sheet.Patrols: "网格编号,手机号,日期,公里数,作废\nG1,13800000001,2026-11-20,,是"}, store.ImportOptions{})
	rows, err := s.Pool().Query(t.Context(), `
		select sheet || ' ' || key || ' ' || grid_id || ' ' || (before ->> 'km') || ' ' || written_by || '–' || ended_by
		from row_history order by id`)
	if err != nil {
		t.Fatal(err)
	}
	var kept []string
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			t.Fatal(err)
		}
		kept = append(kept, line)
	}
	want := []string{"里程 G1+13800000001+2026-11-20 G1 5.5 1–2", "里程 G1+13800000001+2026-11-20 G1 6 2–4"}
	if diff := cmp.Diff(want, kept); diff != "" || rows.Err() != nil {
		t.Error(diff, rows.Err())
	}
}

// A row of one key that comes twice is found in the database, wherever it stands.
func TestRowsOfOneKeyInTwoFilesThatDifferAreBothBad(t *testing.T) {
	s := settled(t)
	const header = "网格编号,手机号,日期,公里数\n"
	first := sheets{sheet.Patrols: header + "G1,13800000001,2026-11-19,6\nG1,13800000001,2026-11-18,6"}.book(t)
	second := sheets{sheet.Patrols: header + "G1,13800000001,2026-11-18,6.0\nG1,13800000001,2026-11-19,7\nG1,13800000001,2026-11-19,8"}.book(t)
	book, err := sheet.Open(append(first.Files(), second.Files()...)...)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	report, err := s.Import(t.Context(), book, store.ImportOptions{Now: noon})
	if err != nil {
		t.Fatal(err)
	}
	const key = "网格编号+手机号+日期 G1+13800000001+2026-11-19"
	if got, want := counts(report.Sheets[0]), "2 "+key+"; 3 "+key+"; 4 "+key; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
