// Package sheet reads the records of the centre: workbooks, CSV files and
// folders of them, and rows of any other origin with the same columns. It
// checks every cell by itself and names every bad one; whether a grid or a
// person that is referred to exists is for the store to know.
package sheet

// Name is the Chinese name of a sheet.
type Name string

// The sheets.
const (
	Grids          Name = "网格"
	People         Name = "人员"
	Catalogue      Name = "事项清单"
	Concerns       Name = "对象"
	HazardSites    Name = "隐患场所"
	Visits         Name = "走访"
	Patrols        Name = "里程"
	TrackPoints    Name = "轨迹点"
	Items          Name = "事项"
	Attendances    Name = "会议"
	Collections    Name = "采集"
	SpecialPeriods Name = "特定时段"
	Readinesses    Name = "稳控"
	Findings       Name = "认定"
	Exemptions     Name = "豁免"
)

// Names lists the sheets in the order in which they are taken, so that what a
// row refers to is there before it.
var Names = []Name{
	Grids, People, Catalogue, Concerns, HazardSites, Visits, Patrols, TrackPoints, Items,
	Attendances, Collections, SpecialPeriods, Readinesses, Findings, Exemptions,
}

// Columns returns the columns of a sheet, 作废 last; nil of no sheet of ours.
func Columns(n Name) []Column {
	for _, table := range tables {
		if table.Name() == n {
			return table.Columns()
		}
	}
	return nil
}

var tables = []interface {
	Name() Name
	Columns() []Column
}{
	GridTable, PersonTable, KindTable, ConcernTable, HazardSiteTable, VisitTable, PatrolTable, TrackPointTable,
	ItemTable, AttendanceTable, CollectionTable, SpecialPeriodTable, ReadinessTable, FindingTable, ExemptionTable,
}
