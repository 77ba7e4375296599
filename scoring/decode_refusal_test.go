package scoring_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nanxiashu/gridbot/scoring"
)

// Each text is the only thing wrong with a document that starts on line 3.
func TestDecodeRefusesWithLineAndField(t *testing.T) {
	cases := []struct{ name, text, want string }{
		// dates and months
		{"no month", `"as_of": "2026-11-01"`, "month is missing"},
		{"a null month", `"month": null, "as_of": "2026-11-01"`, "month is missing"},
		{"no as_of", `"month": "2026-10"`, "as_of is missing"},
		{"a month that does not exist", `"month": "2026-13", "as_of": "2026-11-01"`, `month is unreadable: "2026-13" is no month (YYYY-MM)`},
		{"a date for a month", `"month": "2026-10-01", "as_of": "2026-11-01"`, `month is unreadable: "2026-10-01" is no month (YYYY-MM)`},
		{"a number for a month", `"month": 202610, "as_of": "2026-11-01"`, "month must be a text in quotes"},
		{"a date that does not exist", `"month": "2026-10", "as_of": "2026-11-31"`, `as_of is unreadable: "2026-11-31" is no date (YYYY-MM-DD)`},
		{"a date without zeros", `"month": "2026-10", "as_of": "2026-11-1"`, `as_of is unreadable: "2026-11-1" is no date (YYYY-MM-DD)`},
		{"a time for a date", `"month": "2026-10", "as_of": "2026-11-01T00:00:00Z"`, `as_of is unreadable: "2026-11-01T00:00:00Z" is no date (YYYY-MM-DD)`},
		{"as_of before the month", `"month": "2026-10", "as_of": "2026-09-30"`, "as_of lies before the month"},
		{"a duty day that does not parse", minimal + `, "duty_days": ["2026-10-08", "10-09"]`, `duty_days[1] is unreadable: "10-09" is no date (YYYY-MM-DD)`},
		{"a null duty day", minimal + `, "duty_days": ["2026-10-08", null]`, "duty_days[1] is missing"},
		{"a duty day twice", minimal + `, "duty_days": ["2026-10-08", "2026-10-09", "2026-10-08"]`, "duty_days[2] 2026-10-08 is given twice"},
		{"an exempt day twice", minimal + `, "exempt_days": ["2026-10-08", "2026-10-08"]`, "exempt_days[1] 2026-10-08 is given twice"},
		{"a day twice", minimal + `, "days": [{"date": "2026-10-09"}, {"date": "2026-10-08"}, {"date": "2026-10-09"}]`, "days[2].date 2026-10-09 is given twice"},
		{"a day without date", minimal + `, "days": [{"date": "2026-10-09"}, {"km": 1}]`, "days[1].date is missing"},
		{"a null day", minimal + `, "days": [null]`, "days[0].date is missing"},
		{"a week without Monday", minimal + `, "key_persons": [{"due": 1}]`, "key_persons[0].week is missing"},
		{"a week that is no Monday", minimal + `, "key_persons": [{"week": "2026-10-05"}, {"week": "2026-10-13"}]`, "key_persons[1].week 2026-10-13 is no Monday"},
		{"a week twice", minimal + `, "key_persons": [{"week": "2026-10-05"}, {"week": "2026-10-05"}]`, "key_persons[1].week 2026-10-05 is given twice"},
		{"a period without start", minimal + `, "special_periods": [{"name": "国庆"}]`, "special_periods[0].start is missing"},
		{"an end that does not parse", minimal + `, "special_periods": [{"start": "2026-10-01", "end": "soon"}]`, `special_periods[0].end is unreadable: "soon" is no date (YYYY-MM-DD)`},
		{"a through that does not parse", minimal + `, "through": {"km": ""}`, `through.km is unreadable: "" is no date (YYYY-MM-DD)`},
		// names
		{"an unknown field", minimal + `, "grid": "G1"`, "grid is an unknown field"},
		{"an unknown field of a day", minimal + `, "days": [{"date": "2026-10-08", "kms": 1}]`, "days[0].kms is an unknown field"},
		{"a field in capitals", minimal + `, "Adopted": 1`, "Adopted is an unknown field"},
		{"an unknown group", minimal + `, "through": {"kms": "2026-10-08"}`, "through.kms is no group of facts"},
		{"an unknown category", minimal + `, "days": [{"date": "2026-10-08", "reports": {"治安": 1}}]`, "days[0].reports.治安 is none of the nine categories"},
		{"a null unknown category", minimal + `, "days": [{"date": "2026-10-08", "reports": {"治安": null}}]`, "days[0].reports.治安 is none of the nine categories"},
		{"a field twice", minimal + `, "adopted": 1, "adopted": 1`, "adopted is given twice"},
		{"a field of a day twice", minimal + `, "days": [{"date": "2026-10-08", "date": "2026-10-08"}]`, "days[0].date is given twice"},
		{"a category twice", minimal + `, "days": [{"date": "2026-10-08", "reports": {"社会治安": 1, "社会治安": 2}}]`, "days[0].reports.社会治安 is given twice"},
		{"a group twice, once escaped", minimal + `, "through": {"km": "2026-10-08", "\u006bm": "2026-10-08"}`, "through.km is given twice"},
		// numbers
		{"a negative count", minimal + `, "adopted": -1`, "adopted must not be negative"},
		{"half a count", minimal + `, "meetings": {"late": 0.5}`, "meetings.late must be a whole number"},
		{"a count in quotes", minimal + `, "meetings": {"late": "1"}`, "meetings.late must be a whole number"},
		{"true for a count", minimal + `, "meetings": {"late": true}`, "meetings.late must be a whole number"},
		{"a count beyond all bounds", minimal + `, "households": {"total": 1e10}`, "households.total is out of range"},
		{"a count that overflows", minimal + `, "households": {"total": 18446744073709551617}`, "households.total is out of range"},
		{"a leading zero", minimal + `, "households": {"total": 01}`, "households.total is no decimal number"},
		{"a minus alone", minimal + `, "households": {"total": -}`, "households.total is no decimal number"},
		{"a point alone", minimal + `, "households": {"total": 1.}`, "households.total is no decimal number"},
		{"an exponent without digits", minimal + `, "households": {"total": 1e+}`, "households.total is no decimal number"},
		{"an exponent with letters", minimal + `, "households": {"total": 1e1x}`, "households.total is no decimal number"},
		{"letters after a number", minimal + `, "households": {"total": 1km}`, "households.total is no decimal number"},
		{"negative kilometres", minimal + `, "days": [{"date": "2026-10-08", "km": "-0.1"}]`, "days[0].km must not be negative"},
		{"negative coverage", minimal + `, "days": [{"date": "2026-10-08", "coverage": -0.1}]`, "days[0].coverage must not be negative"},
		{"kilometres that are no number", minimal + `, "days": [{"date": "2026-10-08", "km": "1,3"}]`, "days[0].km is no decimal number"},
		{"empty kilometres", minimal + `, "days": [{"date": "2026-10-08", "km": ""}]`, "days[0].km is no decimal number"},
		{"kilometres beyond all bounds", minimal + `, "days": [{"date": "2026-10-08", "km": 1e999999999}]`, "days[0].km is out of range"},
		{"kilometres without end", minimal + `, "days": [{"date": "2026-10-08", "km": 1.` + strings.Repeat("3", 200) + `}]`, "days[0].km has too many digits"},
		{"infinite kilometres", minimal + `, "days": [{"date": "2026-10-08", "km": "NaN"}]`, "days[0].km is no decimal number"},
		// shapes
		{"a number for a text", minimal + `, "grid_id": 7`, "grid_id must be a text in quotes"},
		{"a text for a list", minimal + `, "days": "none"`, "days must be a list"},
		{"a list for an object", minimal + `, "meetings": []`, "meetings must be an object"},
		{"a number for a day", minimal + `, "days": [7]`, "days[0] must be an object"},
		{"a word for true", minimal + `, "special_periods": [{"start": "2026-10-01", "plan": "yes"}]`, "special_periods[0].plan must be true or false"},
		{"a number for true", minimal + `, "special_periods": [{"start": "2026-10-01", "plan": 1}]`, "special_periods[0].plan must be true or false"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := decodeAll(strings.NewReader("\n\n{" + c.text + "}\n"))
			if err == nil {
				t.Fatal("not refused")
			}
			if diff := cmp.Diff("line 3: "+c.want, err.Error()); diff != "" {
				t.Error("(-want +got):\n" + diff)
			}
		})
	}
}

func TestDecodeNamesEveryCount(t *testing.T) {
	for parent, fields := range map[string]string{
		"meetings":           "absent late",
		"special_persons":    "due visited",
		"control":            "persons without_archive unlisted without_record",
		"households":         "total collected entered complete",
		"findings":           "lost_control not_proactive emergency emergency_serious falsified shirking improper_escalation",
		"disposal":           "on_time extended overdue constrained rework overdue_open open in_grid",
		"days[0]":            "chief_visits member_visits hazard_sites_due hazard_sites_visited km chief_hours member_hours coverage",
		"key_persons[0]":     "due visited",
		"special_periods[0]": "stability_persons",
		"days[0].reports":    "社会治安 公共安全 城市管理 环境保护 民生服务 综合管理 综合执法 政务代办 文明城市",
	} {
		for field := range strings.FieldsSeq(fields) {
			inside := fmt.Sprintf(`"%s": -2`, field)
			switch parent {
			case "days[0]":
				inside = `"days": [{"date": "2026-10-08", ` + inside + `}]`
			case "days[0].reports":
				inside = `"days": [{"date": "2026-10-08", "reports": {` + inside + `}}]`
			case "key_persons[0]":
				inside = `"key_persons": [{"week": "2026-10-05", ` + inside + `}]`
			case "special_periods[0]":
				inside = `"special_periods": [{"start": "2026-10-05", ` + inside + `}]`
			default:
				inside = fmt.Sprintf(`"%s": {%s}`, parent, inside)
			}
			_, err := decodeAll(strings.NewReader("{" + minimal + ", " + inside + "}"))
			var wrong *scoring.DocumentError
			if !errors.As(err, &wrong) || wrong.Field != parent+"."+field || wrong.Problem != "must not be negative" {
				t.Errorf("%s.%s: %v", parent, field, err)
			}
		}
	}
}

func TestDecodeRefusesWhatIsNoDocument(t *testing.T) {
	cases := []struct{ name, text, want string }{
		{"a list of documents", `[{` + minimal + `}]`, "line 1: the document must be an object in braces"},
		{"null", "null", "line 1: the document must be an object in braces"},
		{"a word", "hello\n{" + minimal + "}", "line 1: the document must be an object in braces"},
		{"a comma between documents", "{" + minimal + "},\n{" + minimal + "}", "line 1: the document must be an object in braces"},
		{"an empty object", "{}", "line 1: month is missing"},
		{"one that ends in the middle", "{" + minimal + `, "adopted": 1`, "line 1: the document ends in the middle"},
		{"one that ends in a text", "{" + minimal + `, "grid_id": "G`, "line 1: the document ends in the middle"},
		{"one that ends in a number", "{" + minimal + `, "adopted": `, "line 1: the document ends in the middle"},
		{"a comma too many", "{" + minimal + ",}", "line 1: the document is not valid JSON: expected the name of a field in quotes"},
		{"a colon too few", `{"month" "2026-10"}`, `line 1: the document is not valid JSON: expected ':' and found '"'`},
		{"brackets crossed", `{"days": [}`, "line 1: days[0] must be an object"},
		{"single quotes", `{'month': '2026-10'}`, "line 1: the document is not valid JSON: expected the name of a field in quotes"},
		{"a bare line end in a text", "{\"grid_id\": \"a\nb\", " + minimal + "}", "line 1: grid_id is not valid JSON: control character in a text"},
		{"a wrong escape", `{"grid_id": "\q", ` + minimal + `}`, "line 1: grid_id is not valid JSON: a wrong escape or not UTF-8 in a text"},
		{"a text that is not UTF-8", "{\"grid_id\": \"\xff\", " + minimal + "}", "line 1: grid_id is not valid JSON: a text that is not UTF-8"},
		{"a document without end", `{"grid_id": "` + strings.Repeat("x", 5<<20), "line 1: the document is larger than 4 MiB"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			all, err := decodeAll(strings.NewReader(c.text))
			if err == nil {
				t.Fatalf("%d documents and no error", len(all))
			}
			if diff := cmp.Diff(c.want, err.Error()); diff != "" {
				t.Error("(-want +got):\n" + diff)
			}
		})
	}
}
