package sheet

import (
	"github.com/shopspring/decimal"

	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/scoring/track"
)

// What the street consists of: its grids, the people who work in them, whom
// and what they look after, and how long an item may take.

// The roles of people.
const (
	Chief         = "网格长"
	Member        = "网格员"
	CommunityLead = "社区负责人"
	StreetLeader  = "街道领导"
	Admin         = "中心管理员"
)

// ConcernCategories are the categories of persons of concern.
var ConcernCategories = []string{"重点上访人员", "精神病人", "涉毒人员", "社区矫正人员", "邪教人员", "关爱对象"}

// everyGrid stands for all grids where days are exempted; no grid may be called so.
const everyGrid = "全部"

const (
	maxHouseholds = 1_000_000
	maxLimit      = 24 * 366 * 10 // hours an item may take
)

// GridTable reads 网格.
var GridTable = &Table[Grid]{
	name: Grids,
	line: func(r *Grid) *Line { return &r.Line },
	columns: []column[Grid]{
		keyed("网格编号", identifier, func(r *Grid) *string { return &r.ID }),
		required("网格名称", name, func(r *Grid) *string { return &r.Name }),
		required("社区", name, func(r *Grid) *string { return &r.Community }),
		required("总户数", count(maxHouseholds), func(r *Grid) *int { return &r.Households }),
		optional("边界", boundary, func(r *Grid) **track.Boundary { return &r.Boundary }),
	},
	check: func(r *Grid) (string, error) {
		if r.ID == everyGrid {
			return "网格编号", problem("“全部”在豁免表里指所有网格，请换一个编号")
		}
		return "", nil
	},
}

// PersonTable reads 人员. Grids and communities are kept of the roles that
// have them.
var PersonTable = &Table[Person]{
	name: People,
	line: func(r *Person) *Line { return &r.Line },
	columns: []column[Person]{
		required("姓名", name, func(r *Person) *string { return &r.Name }),
		keyed("手机号", mobile, func(r *Person) *string { return &r.Mobile }),
		required("角色", oneOf(Chief, Member, CommunityLead, StreetLeader, Admin), func(r *Person) *string { return &r.Role }),
		optional("网格编号", listOf(identifier), func(r *Person) *[]string { return &r.Grids }),
		optional("社区", listOf(name), func(r *Person) *[]string { return &r.Communities }),
		optional("open_id", identifier, func(r *Person) *string { return &r.OpenID }),
		optional("在岗", mark, func(r *Person) *bool { return &r.OnDuty }).orElse("是"),
	},
	check: checkPerson,
}

func checkPerson(r *Person) (string, error) {
	inGrid, inCommunity := r.Role == Chief || r.Role == Member, r.Role == CommunityLead
	if !inGrid {
		r.Grids = nil
	}
	if !inCommunity {
		r.Communities = nil
	}
	switch {
	case inGrid && len(r.Grids) == 0:
		return "网格编号", problemf("%s要填写网格编号", r.Role)
	case inCommunity && len(r.Communities) == 0:
		return "社区", problemf("%s要填写社区", r.Role)
	}
	return "", nil
}

// KindTable reads 事项清单.
var KindTable = &Table[Kind]{
	name: Catalogue,
	line: func(r *Kind) *Line { return &r.Line },
	columns: []column[Kind]{
		keyed("类别", oneOf(scoring.Categories...), func(r *Kind) *scoring.Category { return &r.Category }),
		keyed("小类", name, func(r *Kind) *string { return &r.Kind }),
		required("处置时限", positive(maxLimit), func(r *Kind) *decimal.Decimal { return &r.Limit }),
	},
}

// ConcernTable reads 对象. A name that slipped into the column beside its own
// is not shown either.
var ConcernTable = &Table[Concern]{
	name: Concerns,
	line: func(r *Concern) *Line { return &r.Line },
	columns: []column[Concern]{
		keyed("对象编号", identifier, func(r *Concern) *string { return &r.ID }),
		required("网格编号", identifier, func(r *Concern) *string { return &r.GridID }),
		required("姓名", name, func(r *Concern) *string { return &r.Name }).unseen(),
		required("类别", oneOf(ConcernCategories...), func(r *Concern) *string { return &r.Category }).unseen(),
		optional("重点", mark, func(r *Concern) *bool { return &r.Key }),
		optional("档案", mark, func(r *Concern) *bool { return &r.Archived }),
		optional("列管日期", listing, func(r *Concern) *calendar.Date { return &r.ListedOn }),
		optional("撤管日期", listing, func(r *Concern) *calendar.Date { return &r.UnlistedOn }),
	},
}

// HazardSiteTable reads 隐患场所.
var HazardSiteTable = &Table[HazardSite]{
	name: HazardSites,
	line: func(r *HazardSite) *Line { return &r.Line },
	columns: []column[HazardSite]{
		keyed("场所编号", identifier, func(r *HazardSite) *string { return &r.ID }),
		required("网格编号", identifier, func(r *HazardSite) *string { return &r.GridID }),
		required("名称", name, func(r *HazardSite) *string { return &r.Name }),
		optional("列管日期", listing, func(r *HazardSite) *calendar.Date { return &r.ListedOn }),
		optional("撤管日期", listing, func(r *HazardSite) *calendar.Date { return &r.UnlistedOn }),
	},
}
