package sheet

import (
	"iter"
	"os"
	"path/filepath"
	"testing"
)

func template(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "模板.xlsx")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if err := WriteTemplate(file); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestTheTemplateHoldsEverySheetAndStoresNothing(t *testing.T) {
	book, err := Open(template(t))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	for _, name := range Names {
		if !book.Has(name) {
			t.Errorf("no %s", name)
		}
	}
	visits := VisitTable.Read(book)
	if visits.Bad.Count > 0 || len(visits.Rows) != 1 || !visits.Rows[0].Withdrawn || len(visits.Notices) > 0 {
		t.Errorf("走访: %+v", visits)
	}
}

// The examples are good rows: without their mark they could be stored.
func TestTheExamplesAreGoodRows(t *testing.T) {
	bad := func(name Name, b BadCells) {
		for _, c := range b.Cells {
			t.Errorf("%s %s %q: %s", name, c.Column, c.Value, c.Problem)
		}
	}
	bad(Grids, GridTable.Decode(exampleRow(Grids)).Bad)
	bad(People, PersonTable.Decode(exampleRow(People)).Bad)
	bad(Catalogue, KindTable.Decode(exampleRow(Catalogue)).Bad)
	bad(Concerns, ConcernTable.Decode(exampleRow(Concerns)).Bad)
	bad(HazardSites, HazardSiteTable.Decode(exampleRow(HazardSites)).Bad)
	bad(Visits, VisitTable.Decode(exampleRow(Visits)).Bad)
	bad(Patrols, PatrolTable.Decode(exampleRow(Patrols)).Bad)
	bad(TrackPoints, TrackPointTable.Decode(exampleRow(TrackPoints)).Bad)
	bad(Items, ItemTable.Decode(exampleRow(Items)).Bad)
	bad(Attendances, AttendanceTable.Decode(exampleRow(Attendances)).Bad)
	bad(Collections, CollectionTable.Decode(exampleRow(Collections)).Bad)
	bad(SpecialPeriods, SpecialPeriodTable.Decode(exampleRow(SpecialPeriods)).Bad)
	bad(Readinesses, ReadinessTable.Decode(exampleRow(Readinesses)).Bad)
	bad(Findings, FindingTable.Decode(exampleRow(Findings)).Bad)
	bad(Exemptions, ExemptionTable.Decode(exampleRow(Exemptions)).Bad)
}

func exampleRow(name Name) iter.Seq[Row] {
	cells := map[string]string{}
	for _, c := range Columns(name) {
		if c.Name != withdrawn {
			cells[c.Name] = example(name, c.Name)
		}
	}
	return func(yield func(Row) bool) { yield(Row{File: "模板", Number: 2, Cells: cells}) }
}
