package scoring_test

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// minimal is the least that a document must say.
const minimal = `"month": "2026-10", "as_of": "2026-11-01"`

func decodeAll(r io.Reader) (all []*scoring.Facts, err error) {
	d := scoring.NewDecoder(r)
	for {
		f, err := d.Decode()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return all, err
		}
		all = append(all, f)
	}
}

func decodeOne(t rapid.TB, text string) *scoring.Facts {
	t.Helper()
	all, err := decodeAll(strings.NewReader(text))
	if err != nil || len(all) != 1 {
		t.Fatalf("%d documents, error %v", len(all), err)
	}
	return all[0]
}

// The document of rules.md, section 5, in its own layout.
func TestDecodeReadsEveryField(t *testing.T) {
	text, err := os.ReadFile("testdata/facts.json")
	if err != nil {
		t.Fatal(err)
	}
	coverage := dec("0.93")
	want := &scoring.Facts{
		GridID: "NXS-03", Month: october, AsOf: date("11-01"),
		DutyDays:   dates("09-28", "09-29", "09-30", "10-08"),
		Through:    map[scoring.Group]calendar.Date{scoring.GroupKm: date("10-30")},
		ExemptDays: dates("10-20"),
		Meetings:   scoring.Meetings{Absent: 1, Late: 2},
		Days: []scoring.Day{{
			Date: date("10-08"), Km: dec("1.32"), ChiefHours: dec("2.0"), MemberHours: dec("1.6"),
			ChiefVisits: 3, MemberVisits: 4, Coverage: &coverage,
			Reports:        map[scoring.Category]int{scoring.PublicSecurity: 1, scoring.CityManagement: 3},
			HazardSitesDue: 2, HazardSitesVisited: 1,
		}},
		KeyPersons:     []scoring.KeyWeek{{Week: date("10-05"), Due: 5, Visited: 4}},
		SpecialPersons: scoring.Visited{Due: 12, Visited: 11},
		Control:        scoring.Control{Persons: 9, WithoutArchive: 1, Unlisted: 2, WithoutRecord: 3},
		SpecialPeriods: []scoring.SpecialPeriod{{
			Name: "国庆", Start: date("10-01"), End: date("10-08"), StabilityPersons: 3, Roster: true, Plan: true, Responsible: true,
		}},
		Households: scoring.Households{Total: 853, Collected: 90, Entered: 89, Complete: 88},
		Findings: scoring.Findings{
			LostControl: 1, NotProactive: 2, Emergency: 3, EmergencySerious: 4, Falsified: 5, Shirking: 6, ImproperEscalation: 7,
		},
		Disposal: scoring.Disposal{
			OnTime: 80, Extended: 1, Overdue: 2, Constrained: 3, Rework: 4, OverdueOpen: 5, Open: 6, InGrid: 79,
		},
		Adopted: 8,
	}
	if diff := cmp.Diff(want, decodeOne(t, string(text))); diff != "" {
		t.Error("(-want +got):\n" + diff)
	}
}

func TestDecodeTakesWhatMeansTheSame(t *testing.T) {
	plain := decodeOne(t, `{`+minimal+`, "days": [{"date": "2026-10-08", "km": 1.5, "chief_visits": 30}]}`)
	for name, text := range map[string]string{
		"decimals as strings":      `{` + minimal + `, "days": [{"date": "2026-10-08", "km": "1.50", "chief_visits": 30}]}`,
		"numbers with an exponent": `{` + minimal + `, "days": [{"date": "2026-10-08", "km": 15e-1, "chief_visits": 3E+1}]}`,
		"whole numbers with .0":    `{` + minimal + `, "days": [{"date": "2026-10-08", "km": 1.5, "chief_visits": 30.0}]}`,
		"fields in another order":  `{"days": [{"chief_visits": 30, "km": 1.5, "date": "2026-10-08"}], "as_of": "2026-11-01", "month": "2026-10"}`,
		"escaped letters":          `{` + minimal + `, "\u0064ays": [{"date": "2026-10-0\u0038", "km": 1.5, "chief_visits": 30}]}`,
		"null for absent": `{"grid_id": null, ` + minimal + `, "duty_days": null, "through": null, "exempt_days": null, "meetings": null,
			"days": [{"date": "2026-10-08", "km": 1.5, "chief_hours": null, "chief_visits": 30, "member_visits": null, "coverage": null, "reports": null}],
			"key_persons": null, "special_persons": null, "control": null, "special_periods": null, "households": {"total": null},
			"findings": null, "disposal": null, "adopted": null}`,
		"a byte order mark": "\ufeff{" + minimal + `, "days": [{"date": "2026-10-08", "km": 1.5, "chief_visits": 30}]}`,
		"Windows line ends": "\r\n{" + minimal + ",\r\n\"days\": [{\"date\": \"2026-10-08\", \"km\": 1.5, \"chief_visits\": 30}]}\r\n",
	} {
		if diff := cmp.Diff(plain, decodeOne(t, text)); diff != "" {
			t.Errorf("%s (-plain +got):\n%s", name, diff)
		}
	}
}

func TestNullInsideAMapIsAbsent(t *testing.T) {
	f := decodeOne(t, `{`+minimal+`, "through": {"km": null}, "days": [{"date": "2026-10-08", "reports": {"社会治安": null}}]}`)
	if f.Through != nil || f.Days[0].Reported() != 0 {
		t.Errorf("through %v, reports %v", f.Through, f.Days[0].Reports)
	}
}

func TestDecodeReadsDocumentsInAnyLayout(t *testing.T) {
	doc := func(grid string) string { return `{"grid_id": "` + grid + `", ` + minimal + `}` }
	pretty := "{\n  \"grid_id\": \"G2\",\n  " + minimal + ",\n  \"days\": [\n    {\"date\": \"2026-10-08\"}\n  ]\n}\n"
	for name, text := range map[string]string{
		"one a line":          doc("G1") + "\n" + doc("G2") + "\n",
		"without a last line": doc("G1") + "\n" + doc("G2"),
		"empty lines between": "\n\n" + doc("G1") + "\n \t\n" + doc("G2") + "\n\n",
		"on one line":         doc("G1") + doc("G2"),
		"pretty-printed":      doc("G1") + "\n" + pretty,
		"braces in a text":    doc(`G1`) + `{"grid_id": "G2", "special_periods": [{"name": "}\"]{", "start": "2026-10-01"}], ` + minimal + `}`,
	} {
		for kind, r := range map[string]io.Reader{"": strings.NewReader(text), ", a byte at a time": iotest.OneByteReader(strings.NewReader(text))} {
			all, err := decodeAll(r)
			if err != nil || len(all) != 2 || all[0].GridID != "G1" || all[1].GridID != "G2" {
				t.Errorf("%s%s: %d documents, error %v", name, kind, len(all), err)
			}
		}
	}
	if all, err := decodeAll(strings.NewReader(" \n\n")); err != nil || len(all) != 0 {
		t.Errorf("an empty stream: %d documents, error %v", len(all), err)
	}
}

func TestDecodeStopsAtTheFirstBadDocument(t *testing.T) {
	d := scoring.NewDecoder(strings.NewReader("{\n" + minimal + "\n}\n\n{\n\"month\": 3}\n{" + minimal + "}"))
	if _, err := d.Decode(); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		var wrong *scoring.DocumentError
		if _, err := d.Decode(); !errors.As(err, &wrong) || wrong.Line != 5 || wrong.Field != "month" {
			t.Errorf("Decode: %v", err)
		}
	}
}

func TestDecodeReportsABrokenStream(t *testing.T) {
	broken := errors.New("cable pulled")
	for _, before := range []string{"", "\n\n", "{" + minimal} {
		_, err := decodeAll(io.MultiReader(strings.NewReader(before), iotest.ErrReader(broken)))
		if !errors.Is(err, broken) {
			t.Errorf("after %q: %v", before, err)
		}
	}
}

// However long the stream, the decoder holds one document.
func TestDecodeNeedsConstantMemory(t *testing.T) {
	line, err := json.Marshal(flawless())
	if err != nil {
		t.Fatal(err)
	}
	d := scoring.NewDecoder(&endless{text: append(line, '\n')})
	read := func(n int) uint64 {
		for range n {
			if _, err := d.Decode(); err != nil {
				t.Fatal(err)
			}
		}
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := read(10)
	if after := read(2000); after > before+1<<20 { // 2000 documents are some 13 MB
		t.Errorf("the heap grew from %d to %d bytes", before, after)
	}
}
