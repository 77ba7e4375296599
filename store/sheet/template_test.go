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
	visits := readAll(VisitTable, book)
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
	bad(Grids, decodeAll(GridTable, exampleRow(Grids)).Bad)
	bad(People, decodeAll(PersonTable, exampleRow(People)).Bad)
	bad(Catalogue, decodeAll(KindTable, exampleRow(Catalogue)).Bad)
	bad(Concerns, decodeAll(ConcernTable, exampleRow(Concerns)).Bad)
	bad(HazardSites, decodeAll(HazardSiteTable, exampleRow(HazardSites)).Bad)
	bad(Visits, decodeAll(VisitTable, exampleRow(Visits)).Bad)
	bad(Patrols, decodeAll(PatrolTable, exampleRow(Patrols)).Bad)
	bad(TrackPoints, decodeAll(TrackPointTable, exampleRow(TrackPoints)).Bad)
	bad(Items, decodeAll(ItemTable, exampleRow(Items)).Bad)
	bad(Attendances, decodeAll(AttendanceTable, exampleRow(Attendances)).Bad)
	bad(Collections, decodeAll(CollectionTable, exampleRow(Collections)).Bad)
	bad(SpecialPeriods, decodeAll(SpecialPeriodTable, exampleRow(SpecialPeriods)).Bad)
	bad(Readinesses, decodeAll(ReadinessTable, exampleRow(Readinesses)).Bad)
	bad(Findings, decodeAll(FindingTable, exampleRow(Findings)).Bad)
	bad(Exemptions, decodeAll(ExemptionTable, exampleRow(Exemptions)).Bad)
}

func exampleRow(name Name) iter.Seq[givenRow] {
	cells := map[string]string{}
	for _, c := range Columns(name) {
		if c.Name != withdrawn {
			cells[c.Name] = example(name, c.Name)
		}
	}
	return func(yield func(givenRow) bool) { yield(givenRow{Number: 2, Cells: cells}) }
}
