package sheet

import (
	"reflect"
	"strings"
)

// twins remembers which record of a key stood first, and which of them have
// been reported to contradict another row.
type twins struct {
	first    map[string]int // by key: the index of the record
	reported map[int]bool
}

func newTwins() twins {
	return twins{first: map[string]int{}, reported: map[int]bool{}}
}

// same reports whether two records say the same, wherever they stand.
func (t *Table[R]) same(a, b R) bool {
	for _, r := range []*R{&a, &b} {
		*t.line(r) = Line{Withdrawn: t.line(r).Withdrawn}
	}
	return reflect.DeepEqual(a, b)
}

// contradict names two rows of one key that say different things: the later
// one always, the first one once.
func (t *Table[R]) contradict(tw twins, first int, records *Records[R], later R) {
	a, b := *t.line(&records.Rows[first]), *t.line(&later)
	accuse := func(at, other Line) {
		where := problemf("和第 %d 行是同一条记录，内容却不一样", other.Row)
		if other.File != at.File {
			where = problemf("和 %s 第 %d 行是同一条记录，内容却不一样", other.File, other.Row)
		}
		records.Refuse(at, t.keyColumns(), strings.ReplaceAll(t.key(&later), keySeparator, "+"), where.Error())
	}
	if !tw.reported[first] {
		tw.reported[first] = true
		accuse(a, b)
	}
	accuse(b, a)
}

func (t *Table[R]) keyColumns() string {
	var names []string
	for _, c := range t.columns {
		if c.Key {
			names = append(names, c.Name)
		}
	}
	return strings.Join(names, "+")
}

const keySeparator = "\x00" // no cell of a key can hold it

// keyOf joins the parts of a key of several columns.
func keyOf(parts ...string) string { return strings.Join(parts, keySeparator) }
