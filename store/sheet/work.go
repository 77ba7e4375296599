package sheet

import (
	"time"

	"github.com/shopspring/decimal"

	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/scoring/track"
)

// What people do day by day, as the city's platform exports it.

const (
	maxPhotos   = 10_000
	maxKm       = 1000
	maxHours    = 24
	maxReworks  = 1000
	maxAccuracy = 1_000_000 // metres
)

// VisitTable reads 走访.
var VisitTable = &Table[Visit]{
	name: Visits,
	line: func(r *Visit) *Line { return &r.Line },
	columns: []column[Visit]{
		keyed("记录编号", identifier, func(r *Visit) *string { return &r.ID }),
		required("网格编号", identifier, func(r *Visit) *string { return &r.GridID }),
		required("手机号", mobile, func(r *Visit) *string { return &r.Mobile }),
		required("走访时间", moment, func(r *Visit) *time.Time { return &r.At }),
		required("图片数", count(maxPhotos), func(r *Visit) *int { return &r.Photos }),
		optional("对象编号", identifier, func(r *Visit) *string { return &r.Watched }),
		optional("管控信息", mark, func(r *Visit) *bool { return &r.Control }),
		optional("内容", prose, func(r *Visit) *string { return &r.Note }).unseen(),
	},
}

// PatrolTable reads 里程.
var PatrolTable = &Table[Patrol]{
	name: Patrols,
	line: func(r *Patrol) *Line { return &r.Line },
	columns: []column[Patrol]{
		keyed("网格编号", identifier, func(r *Patrol) *string { return &r.GridID }),
		keyed("手机号", mobile, func(r *Patrol) *string { return &r.Mobile }),
		keyed("日期", day, func(r *Patrol) *calendar.Date { return &r.Day }),
		required("公里数", between(0, maxKm), func(r *Patrol) *decimal.Decimal { return &r.Km }),
		optional("时长", upTo(maxHours), func(r *Patrol) **decimal.Decimal { return &r.Hours }),
	},
}

// TrackPointTable reads 轨迹点.
var TrackPointTable = &Table[TrackPoint]{
	name: TrackPoints,
	line: func(r *TrackPoint) *Line { return &r.Line },
	columns: []column[TrackPoint]{
		keyed("手机号", mobile, func(r *TrackPoint) *string { return &r.Mobile }),
		keyed("时间", moment, func(r *TrackPoint) *time.Time { return &r.At }),
		required("经度", degrees(73, 136, 3, 54), func(r *TrackPoint) *float64 { return &r.Lon }),
		required("纬度", degrees(3, 54, 73, 136), func(r *TrackPoint) *float64 { return &r.Lat }),
		optional("精度", metres(maxAccuracy), func(r *TrackPoint) *float64 { return &r.Accuracy }),
		optional("坐标系", datum, func(r *TrackPoint) *track.Datum { return &r.Datum }).orElse(string(track.WGS84)),
	},
}

// The states of an item.
const (
	Valid     = "有效"
	Rejected  = "驳回"
	Falsified = "虚假"
)

// ItemTable reads 事项.
var ItemTable = &Table[Item]{
	name: Items,
	line: func(r *Item) *Line { return &r.Line },
	columns: []column[Item]{
		keyed("事项编号", identifier, func(r *Item) *string { return &r.ID }),
		required("网格编号", identifier, func(r *Item) *string { return &r.GridID }),
		required("手机号", mobile, func(r *Item) *string { return &r.Mobile }),
		required("上报时间", moment, func(r *Item) *time.Time { return &r.ReportedAt }),
		required("类别", oneOf(scoring.Categories...), func(r *Item) *scoring.Category { return &r.Category }),
		optional("小类", name, func(r *Item) *string { return &r.Kind }),
		optional("标题", prose, func(r *Item) *string { return &r.Title }).unseen(),
		required("处置时限", moment, func(r *Item) *time.Time { return &r.Deadline }).orEmpty(),
		optional("延时至", moment, func(r *Item) *time.Time { return &r.ExtendedTo }),
		optional("受限", mark, func(r *Item) *bool { return &r.Constrained }),
		optional("受限时间", moment, func(r *Item) *time.Time { return &r.ConstrainedAt }),
		optional("处置时间", moment, func(r *Item) *time.Time { return &r.DisposedAt }),
		optional("返工", count(maxReworks), func(r *Item) *int { return &r.Reworks }),
		optional("自办", mark, func(r *Item) *bool { return &r.ByGrid }),
		optional("状态", oneOf(Valid, Rejected, Falsified), func(r *Item) *string { return &r.Status }).orElse(Valid),
	},
	check: func(r *Item) (string, error) {
		if r.Deadline.IsZero() && r.Kind == "" {
			return "处置时限", problem("处置时限和小类都空着，算不出这件事该在什么时候办完")
		}
		return "", nil
	},
}
