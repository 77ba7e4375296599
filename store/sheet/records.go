package sheet

import (
	"time"

	"github.com/shopspring/decimal"

	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/scoring/track"
)

// Line is what every record carries: where it stood, and whether it is taken back.
type Line struct {
	File      string // the path of the file
	Row       int    // as the spreadsheet shows it, the first row being 1
	Withdrawn bool   // 作废: only the columns of the key are filled in then
	Broken    bool   // some of its cells are bad, and empty in the record: only what the others name can be checked
}

// Place returns the line itself: what a record of any sheet can be asked for.
func (l Line) Place() Line { return l }

// Grid is a row of 网格.
type Grid struct {
	Line
	ID         string
	Name       string
	Community  string
	Households int
	Boundary   *track.Boundary // nil = none
}

// Person is a row of 人员: somebody who works in the grids.
type Person struct {
	Line
	Name        string
	Mobile      string   // 11 digits
	Role        string   // 网格长 网格员 社区负责人 街道领导 中心管理员
	Grids       []string // of a 网格长 or 网格员: at least one
	Communities []string // of a 社区负责人: at least one
	OpenID      string   // "" = not bound yet
	OnDuty      bool
}

// Kind is a row of 事项清单: how long an item of this kind may take.
type Kind struct {
	Line
	Category scoring.Category
	Kind     string
	Limit    decimal.Decimal // hours, > 0
}

// Concern is a row of 对象: a person of concern.
type Concern struct {
	Line
	ID         string
	GridID     string
	Name       string // personal: never in a log, an error or a bad cell
	Category   string
	Key        bool          // 重点
	Archived   bool          // 档案
	ListedOn   calendar.Date // zero = always
	UnlistedOn calendar.Date // first day no longer listed; zero = never
}

// HazardSite is a row of 隐患场所.
type HazardSite struct {
	Line
	ID         string
	GridID     string
	Name       string
	ListedOn   calendar.Date // zero = always
	UnlistedOn calendar.Date // first day no longer listed; zero = never
}

// Visit is a row of 走访.
type Visit struct {
	Line
	ID      string
	GridID  string
	Mobile  string // who visited
	At      time.Time
	Photos  int
	Watched string // 对象编号: the person or site visited; "" = neither
	Control bool   // 管控信息: the month's control record
	Note    string
}

// Patrol is a row of 里程: what somebody walked in a grid on a day.
type Patrol struct {
	Line
	GridID string
	Mobile string
	Day    calendar.Date
	Km     decimal.Decimal
	Hours  *decimal.Decimal // nil = not given
}

// TrackPoint is a row of 轨迹点.
type TrackPoint struct {
	Line
	Mobile   string
	At       time.Time
	Lon, Lat float64     // degrees, as recorded in Datum
	Accuracy float64     // metres; 0 = not given
	Datum    track.Datum // WGS84 where the cell is empty
}

// Item is a row of 事项. Moments that have not come are the zero time.
type Item struct {
	Line
	ID            string
	GridID        string
	Mobile        string // who reported
	ReportedAt    time.Time
	Category      scoring.Category
	Kind          string // 小类
	Title         string
	Deadline      time.Time // zero = ReportedAt + the limit of the kind in 事项清单
	ExtendedTo    time.Time // 延时至
	Constrained   bool      // 受限: a limitation is approved
	ConstrainedAt time.Time
	DisposedAt    time.Time
	Reworks       int
	ByGrid        bool   // 自办: disposed in the grid
	Status        string // 有效 驳回 虚假
}

// Attendance is a row of 会议: one person at one meeting.
type Attendance struct {
	Line
	MeetingID string
	Meeting   string // its name
	HeldOn    calendar.Date
	Mobile    string
	Status    string // 出席 迟到 请假 缺席
}

// Collection is a row of 采集: one household collected in a month.
type Collection struct {
	Line
	GridID      string
	Household   string
	CollectedAt time.Time
	EnteredAt   time.Time // zero = not entered
	Complete    bool
}

// Month is the month of the collection, which belongs to its key.
func (c *Collection) Month() calendar.Month { return calendar.MonthOf(c.CollectedAt) }

// SpecialPeriod is a row of 特定时段.
type SpecialPeriod struct {
	Line
	ID       string
	Name     string
	StartsOn calendar.Date
	EndsOn   calendar.Date // on or after StartsOn
}

// Readiness is a row of 稳控: what a grid has prepared for a special period.
type Readiness struct {
	Line
	PeriodID    string
	GridID      string
	Roster      bool // 值班表
	Plan        bool // 稳控方案
	Responsible bool // 责任人
}

// Finding is a row of 认定: a decision of the centre.
type Finding struct {
	Line
	ID      string
	GridID  string
	Kind    string // one of FindingKinds
	FoundOn calendar.Date
	Note    string
	ItemID  string // the item it is about; "" = none
}

// Exemption is a row of 豁免: days without duty. All its columns are its key.
type Exemption struct {
	Line
	GridID   string // "" = every grid (全部)
	StartsOn calendar.Date
	EndsOn   calendar.Date // on or after StartsOn
	Reason   string
}
