package ask

import (
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// tuesday is the moment at which the tests' texts are written.
var tuesday = time.Date(2026, 11, 24, 10, 0, 0, 0, calendar.Shanghai)

// street has twelve numbered grids and two that are known by name alone; two
// people are called 王芳, and 赵敏 has no grid.
func street() *Directory {
	var grids []Grid
	for i, ordinal := range []string{"一", "二", "三", "四", "五", "六", "一", "二", "三", "四", "五", "六"} {
		place := []string{"云溪", "梧桐"}[i/6]
		grids = append(grids, Grid{fmt.Sprintf("NXS-%02d", i+1), place + "第" + ordinal + "网格", place + "社区"})
	}
	grids = append(grids, Grid{"NXS-13", "华阳花园网格", "华阳社区"}, Grid{"NXS-14", "华阳商业街网格", "华阳社区"})
	people := []Person{
		{"张三", "NXS-03"}, {"李四", "NXS-04"}, {"王芳", "NXS-05"}, {"王芳", "NXS-09"},
		{"欧阳娜娜", "NXS-08"}, {"赵敏", ""},
	}
	return NewDirectory(grids, people, []string{"云溪社区", "梧桐社区", "华阳社区"})
}

func onTuesday() Context {
	return Context{Now: tuesday, Workdays: calendar.Mainland(), Directory: street(), Home: []string{"云溪社区"}}
}

func newTestReader(t testing.TB) *Reader {
	t.Helper()
	r, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// utterance is a line of testdata: a text and the question it is. In "A → B" the
// text B is written a minute after A was answered.
type utterance struct {
	line int
	text string
	want Question
	back bool // to ask back is as well
}

const unsure = "unsure" // of an utterance whose meaning does not matter

func readUtterances(t *testing.T, path string) []utterance {
	t.Helper()
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var read []utterance
	for i, line := range strings.Split(string(file), "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		columns := strings.Split(line, "\t")
		if len(columns) != 3 {
			t.Fatalf("%s:%d: %d columns", path, i+1, len(columns))
		}
		want := Question{Meaning: Meaning(columns[1])}
		want.Sure = want.Meaning != Unknown && want.Meaning != unsure
		said, back := strings.CutSuffix(columns[2], "back")
		setFields(t, &want, said)
		read = append(read, utterance{i + 1, columns[0], want, back})
	}
	return read
}

// setFields sets what is said in "period=month:2026-10 grid=NXS-03".
func setFields(t *testing.T, q *Question, said string) {
	t.Helper()
	for _, field := range strings.Fields(said) {
		setField(t, q, field)
	}
}

func setField(t *testing.T, q *Question, field string) {
	t.Helper()
	name, value, _ := strings.Cut(field, "=")
	var err error
	switch name {
	case "period":
		q.Period, err = calendar.ParsePeriod(value)
	case "grid":
		q.Grid = value
	case "community":
		q.Community = value
	case "person":
		q.Person = value
	case "topic":
		q.Topic = value
	case "top":
		var top int
		top, err = strconv.Atoi(value)
		q.Top = &top
	default:
		err = fmt.Errorf("no such field")
	}
	if err != nil {
		t.Fatalf("%s: %v", field, err)
	}
}

// readBy reads the text, after those that it follows up.
func (u utterance) readBy(r *Reader, c Context) Question {
	var got Question
	for i, text := range strings.Split(u.text, " → ") {
		if i > 0 {
			last := got
			c.Last, c.LastAt = &last, c.Now.Add(-time.Minute)
		}
		got = r.Read(text, c)
	}
	return got
}

// right reports whether a text was read as it is meant.
func (u utterance) right(got Question) bool {
	switch {
	case u.want.Topic != "" && got.Topic != u.want.Topic:
		return u.back && !got.Sure
	case !u.want.Sure:
		return !got.Sure && (u.want.Meaning == unsure || got.Meaning == Unknown)
	case u.back && !got.Sure:
		return true
	}
	return asJSON(u.want) == asJSON(got)
}

// harmful reports whether a wrong reading would be answered with figures of
// somebody, some grid or some period that was not asked for.
func (u utterance) harmful(got Question) bool {
	return got.Sure && (got.Person != u.want.Person || got.Grid != u.want.Grid || got.Period != u.want.Period)
}

func asJSON(q Question) string {
	text, err := json.Marshal(q)
	if err != nil {
		panic(err)
	}
	return string(text)
}

func TestUtterancesAreRead(t *testing.T) {
	for _, file := range []struct {
		path  string
		right float64 // the share that must be read as meant
	}{
		{"testdata/utterances.tsv", 0.98},
		{"testdata/heldout.tsv", 0.98},
		{"testdata/heldout_phone.tsv", 0.98},
		{"testdata/heldout_phone_fresh.tsv", 0.98},
		{"testdata/heldout_november.tsv", 0.98},
		{"testdata/heldout_november_second.tsv", 0.98},
		{"testdata/heldout_november_third.tsv", 0.98},
		{"testdata/heldout_november_traps.tsv", 0.98},
	} {
		t.Run(file.path, func(t *testing.T) {
			r, c := newTestReader(t), onTuesday()
			all := readUtterances(t, file.path)
			right := 0
			for _, u := range all {
				got := u.readBy(r, c)
				if u.right(got) {
					right++
					continue
				}
				t.Logf("%s:%d: %s\n got %s %s\nwant %s %s", file.path, u.line, u.text, asJSON(got), got.Topic, asJSON(u.want), u.want.Topic)
				if u.harmful(got) {
					t.Errorf("%s would be answered with somebody else's figures, or of another time", u.text)
				}
			}
			share := float64(right) / float64(len(all))
			t.Logf("%d of %d right (%.1f%%)", right, len(all), 100*share)
			if share < file.right {
				t.Errorf("%.1f%% are read as meant, want %.0f%%", 100*share, 100*file.right)
			}
		})
	}
}
