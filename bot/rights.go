package bot

import (
	"slices"

	"github.com/nanxiashu/gridbot/bot/ask"
	"github.com/nanxiashu/gridbot/store"
)

// Openness says what workers see of other grids than their own.
type Openness string

// The values of the policy openness.
const (
	OpenOwn      Openness = "own"      // nothing but the mean and their own place
	OpenTotals   Openness = "totals"   // the totals
	OpenSections Openness = "sections" // the totals and the sections
)

// sight is how much is seen of a grid; each includes the one before.
type sight int

const (
	seesNothing sight = iota
	seesTotal
	seesSections
	seesFigures // every figure, but no single record: what a group may hear
	seesRecords // everything
)

func (o Openness) sight() sight {
	switch o {
	case OpenTotals:
		return seesTotal
	case OpenSections:
		return seesSections
	}
	return seesNothing
}

// right is what somebody may see where they ask. Every answer passes it, whether
// it was asked for by a text, the menu or a button.
type right struct {
	role        store.Role
	grids       []string
	communities []string
	openness    Openness
	group       bool // others read along
}

func rightOf(p store.Person, o Openness, group bool) right {
	r := right{openness: o, group: group}
	if !p.OnDuty {
		return r // a role that sees nothing
	}
	r.role = p.Role
	switch p.Role {
	case store.Chief, store.Member:
		r.grids = p.Grids
	case store.CommunityLead:
		r.communities = p.Communities
	}
	return r
}

// known reports whether this is anybody of the street, in service.
func (r right) known() bool { return r.role != "" }

func (r right) worker() bool { return r.role == store.Chief || r.role == store.Member }

func (r right) own(g store.Grid) bool { return slices.Contains(r.grids, g.ID) }

// of is how much may be shown of a grid. A group hears figures and no single
// record; whose figures it hears is the asker's to decide, within their right:
// it is leaders who choose what to share.
func (r right) of(g store.Grid) sight {
	if r.group {
		return min(r.alone(g), seesFigures)
	}
	return r.alone(g)
}

// alone is how much may be shown when nobody reads along.
func (r right) alone(g store.Grid) sight {
	switch r.role {
	case store.Chief, store.Member:
		if r.own(g) {
			return seesRecords
		}
		return r.openness.sight()
	case store.CommunityLead:
		if slices.Contains(r.communities, g.Community) {
			return seesRecords
		}
		return seesTotal
	case store.StreetLeader, store.Admin:
		return seesRecords
	}
	return seesNothing
}

// needs is how much of a grid must be seen for an answer about it.
var needs = map[ask.Meaning]sight{
	ask.MyScore: seesTotal, ask.ScoreOfGrid: seesTotal, ask.MyRank: seesTotal, ask.Ranking: seesTotal,
	ask.Trend:     seesTotal,
	ask.Shortfall: seesFigures, ask.Deductions: seesFigures, ask.Visits: seesFigures, ask.Mileage: seesFigures,
	ask.Items: seesFigures, ask.Overdue: seesFigures,
}

// permits reports whether a question about a grid may be answered. What has no
// entry in needs is not about a grid.
func (r right) permits(m ask.Meaning, g store.Grid) bool {
	need, about := needs[m]
	return about && r.of(g) >= need
}

// ranks reports whether a table of grids with their totals may be shown; each
// row still passes of.
func (r right) ranks() bool {
	if r.worker() {
		return r.openness.sight() >= seesTotal
	}
	return r.known()
}

// surveys reports whether the state of a community may be shown, or of the
// whole street (""). In a group it is counts without a grid's name.
func (r right) surveys(community string) bool {
	switch r.role {
	case store.CommunityLead:
		return slices.Contains(r.communities, community)
	case store.StreetLeader, store.Admin:
		return true
	}
	return false
}

// binds reports whether the asker decides that a group is for a community, or
// for the whole street ("").
func (r right) binds(community string) bool { return r.surveys(community) }

// previews reports whether the day's reminders may be seen before they are sent:
// they name people, so not where others read along.
func (r right) previews() bool { return r.role == store.Admin && !r.group }
