// Package sample is a street that does not exist: two communities, twelve
// grids, their people and what they did, as the sheets that a street office
// would import. The same days always give the same sheets.
package sample

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// Person is somebody of the sample street. Grid is the grid's id.
type Person struct {
	Name, Mobile, Role, Grid, Community, GridName string
}

// grid is a sample grid and the habit that makes its score worth asking about.
type grid struct {
	number        int
	id, name      string
	community     string
	households    int
	chief, member Person
	habit         habit
}

// habit is what a grid does differently from one that simply meets every standard.
type habit struct {
	shortToday  bool // falls short of visits, kilometres and reports today
	kmToday     bool // only of kilometres
	quietDay    bool // one day of each month with two reports only
	shortWeek   bool // one week of each month with too few kilometres
	slow        bool // leaves items overdue
	missesKey   bool // misses a key person in one week of each month
	missesSite  bool // misses its hazard site one day of each month
	fewHomes    bool // collects too few households
	diligent    bool // does half as much again
	late        bool // came late to the month's meeting
	noPlan      bool // no control plan for the special period
	adopted     bool // has an item adopted by the district
	falsified   bool // one report turned out to be made up
	exempted    bool // one day of each month off, with a reason
	noRecordYet bool // one control record a month is still missing
}

var habits = [12]habit{
	{diligent: true, adopted: true},
	{shortToday: true, quietDay: true, late: true, noRecordYet: true},
	{shortWeek: true},
	{slow: true, noPlan: true},
	{missesKey: true, shortToday: true},
	{},
	{fewHomes: true},
	{falsified: true, quietDay: true},
	{adopted: true},
	{kmToday: true},
	{missesSite: true, slow: true},
	{exempted: true},
}

var (
	communities = [2]string{"云溪社区", "梧桐社区"}
	ordinals    = [6]string{"一", "二", "三", "四", "五", "六"}
	chiefs      = [12]string{"陈立安", "林晓禾", "周文远", "吴若溪", "郑明朗", "王雨桐", "冯子牧", "褚清和", "卫南星", "蒋以宁", "沈知行", "韩望舒"}
	members     = [12]string{"杨采薇", "朱景行", "秦念真", "尤长风", "许怀瑾", "何书仪", "吕星河", "施若谷", "张思齐", "孔令仪", "曹云舟", "严既明"}
)

func street() []grid {
	grids := make([]grid, 12)
	for i := range grids {
		community := communities[i/6]
		g := grid{
			number: i + 1, id: fmt.Sprintf("NXS-%02d", i+1), community: community,
			name:       string([]rune(community)[:2]) + "第" + ordinals[i%6] + "网格",
			households: 420 + 37*(i*5%12), habit: habits[i],
		}
		g.chief = Person{chiefs[i], mobile(100 + i), "网格长", g.id, community, g.name}
		g.member = Person{members[i], mobile(200 + i), "网格员", g.id, community, g.name}
		grids[i] = g
	}
	return grids
}

func mobile(n int) string { return fmt.Sprintf("199%08d", n) }

// People lists everybody: those of the grids first, then the leaders.
func People() []Person {
	var people []Person
	for _, g := range street() {
		people = append(people, g.chief, g.member)
	}
	return append(people,
		Person{Name: "顾长宁", Mobile: mobile(301), Role: "社区负责人", Community: communities[0]},
		Person{Name: "苏木白", Mobile: mobile(302), Role: "社区负责人", Community: communities[1]},
		Person{Name: "陆见川", Mobile: mobile(401), Role: "街道领导"},
		Person{Name: "方予安", Mobile: mobile(501), Role: "中心管理员"},
	)
}

// Communities lists the two communities.
func Communities() []string { return communities[:] }

// sheet is one sheet of the workbook.
type sheet struct {
	name   string
	header []string
	rows   [][]string
}

func (s *sheet) add(cells ...any) {
	row := make([]string, len(cells))
	for i, c := range cells {
		switch c := c.(type) {
		case bool:
			row[i] = map[bool]string{true: "是", false: "否"}[c]
		case time.Time:
			row[i] = c.In(calendar.Shanghai).Format("2006-01-02 15:04:05")
		default:
			row[i] = fmt.Sprint(c)
		}
	}
	s.rows = append(s.rows, row)
}

// Write puts the sheets of the days from first to last into dir, a CSV file a
// sheet. The last day ends at 16:30, as a working day would be seen shortly
// before the evening's reminder.
func Write(dir string, first, last calendar.Date, workdays *calendar.Workdays) error {
	duty, err := workdays.DutyDays(first.Monday(), last.Month().Last())
	if err != nil {
		return fmt.Errorf("sample street: %w", err)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("sample street: %w", err)
	}
	d := newDiary(first, last, duty)
	for _, s := range append(register(first, last), d.write()...) {
		if err := s.save(dir); err != nil {
			return fmt.Errorf("sample street: %w", err)
		}
	}
	return nil
}

func (s *sheet) save(dir string) error {
	file, err := os.Create(filepath.Join(dir, s.name+".csv"))
	if err != nil {
		return err
	}
	defer file.Close()
	w := csv.NewWriter(file)
	if err := w.WriteAll(append([][]string{s.header}, s.rows...)); err != nil {
		return err
	}
	return file.Close()
}
