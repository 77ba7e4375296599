package ask

import (
	"time"

	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// Context is what a text is read against.
type Context struct {
	Now time.Time // "this month" is the month in Shanghai of this instant

	// Workdays answers 上个工作日; nil takes Monday to Friday.
	Workdays Workdays
	// Directory knows the street's grids, people and communities; nil knows none.
	Directory *Directory
	// Home lists the asker's own communities, for 我们社区. Of several grids of one
	// name those of home are meant before others, and those of Own before them.
	Home []string
	Own  []string // the ids of the asker's own grids

	// Permits reports whether the asker would be told what a question asks for:
	// nothing else is suggested. Nil permits everything.
	Permits func(Question) bool

	// Last is the asker's last answered question in this chat, and LastAt its
	// time: for ten minutes a follow-up inherits from it what it leaves out.
	Last   *Question
	LastAt time.Time

	spoken string // the community that the text asks on from, "" for none
}

func (c Context) permits(q Question) bool { return c.Permits == nil || c.Permits(q) }

// Workdays knows the duty days of the street.
type Workdays interface {
	IsDutyDay(calendar.Date) (bool, error)
}

// Grid is a grid that texts may name.
type Grid struct{ ID, Name, Community string }

// Person is somebody whom texts may name. GridID is empty for people without a grid.
type Person struct{ Name, GridID string }
