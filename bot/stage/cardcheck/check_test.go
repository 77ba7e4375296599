package cardcheck

import (
	"fmt"
	"strings"
	"testing"
)

// known is a directory of one person and one picture.
var known = Directory{
	Person: func(id string) bool { return id == "ou_zhang" },
	Image:  func(key string) bool { return key == "img_ours" },
}

// card wraps elements into a card.
func card(elements string) string {
	return `{"schema":"2.0","body":{"elements":[` + elements + `]}}`
}

func plainText(s string) string { return fmt.Sprintf(`{"tag":"plain_text","content":%q}`, s) }

const callbackTo = `"behaviors":[{"type":"callback","value":{"a":"b"}}]`

func buttonIn(name, more string) string {
	return `{"tag":"button","name":"` + name + `","text":` + plainText("好") + more + `}`
}

const submit = `,"form_action_type":"submit"`

// nested is n containers in one another.
func nested(n int) string {
	inner := `{"tag":"hr"}`
	for range n {
		inner = `{"tag":"column_set","columns":[{"tag":"column","elements":[` + inner + `]}]}`
	}
	return inner
}

func tableOf(column, rows string) string {
	return `{"tag":"table","columns":[` + column + `],"rows":` + rows + `}`
}

const mdTable = `| a | b |\n|---|---|\n| 1 | 2 |\n\n`

func TestCardsThatAreTaken(t *testing.T) {
	cards := map[string]string{
		"a blank card":               `{"schema":"2.0"}`,
		"a header":                   `{"schema":"2.0","header":{"title":` + plainText("标题") + `,"template":"blue","text_tag_list":[{"tag":"text_tag","text":` + plainText("网格") + `,"color":"lime"}]}}`,
		"markdown with a person":     card(`{"tag":"markdown","content":"<at id=ou_zhang></at> <at id=all></at> <font color='green'>好</font>"}`),
		"a colour of its own":        `{"schema":"2.0","config":{"style":{"color":{"mine":{"light_mode":"rgba(1,2,3,1)"}}}},"body":{"elements":[{"tag":"div","text":{"tag":"plain_text","content":"x","text_color":"mine"}}]}}`,
		"columns":                    card(`{"tag":"column_set","flex_mode":"none","background_style":"grey-50","columns":[{"tag":"column","width":"weighted","weight":2,"padding":"4px 0","elements":[{"tag":"hr"}]}]}`),
		"five levels":                card(nested(5)),
		"a button that opens a link": card(`{"tag":"button","text":` + plainText("看") + `,"behaviors":[{"type":"open_url","default_url":"https://example.cn"}]}`),
		"a form": card(`{"tag":"form","name":"f","elements":[{"tag":"input","name":"reason","required":true},` +
			buttonIn("ok", submit) + `]}`),
		"a submit button in a column": card(`{"tag":"form","name":"f","elements":[{"tag":"column_set","columns":[{"tag":"column","elements":[` +
			buttonIn("ok", submit) + `]}]}]}`),
		"a table": card(tableOf(`{"name":"n","data_type":"number"},{"name":"o","data_type":"options"},{"name":"p","data_type":"persons"}`,
			`[{"n":1.5,"o":[{"text":"我","color":"blue"}],"p":["ou_gone"]},{"n":null}]`)),
		"a panel":                      card(`{"tag":"collapsible_panel","header":{"title":{"tag":"markdown","content":"**明细**"},"padding":"4px 0px 4px 8px","icon_expanded_angle":-180},"elements":[{"tag":"hr"}]}`),
		"a bar chart":                  card(`{"tag":"chart","chart_spec":{"type":"bar","data":{"values":[{"x":"a","y":1}]},"xField":["x","s"],"yField":"y"}}`),
		"an unknown person left out":   card(`{"tag":"person_list","persons":[{"id":"ou_gone"}],"drop_invalid_user_id":true}`),
		"our picture":                  card(`{"tag":"img","img_key":"img_ours","alt":` + plainText("") + `}`),
		"199 elements":                 card(strings.TrimSuffix(strings.Repeat(`{"tag":"hr"},`, 199), ",")),
		"five tables":                  card(strings.TrimSuffix(strings.Repeat(tableOf(`{"name":"n","data_type":"text"}`, `[]`)+",", 5), ",")),
		"a select":                     card(`{"tag":"select_static","placeholder":` + plainText("选社区") + `,"options":[{"text":` + plainText("华阳") + `,"value":"hy"}],` + callbackTo + `}`),
		"a markdown table in a column": card(`{"tag":"column_set","columns":[{"tag":"column","elements":[{"tag":"markdown","content":"` + mdTable + `"}]}]}`),
	}
	for name, c := range cards {
		t.Run(name, func(t *testing.T) {
			if wrong := Check([]byte(c), known); wrong != nil {
				t.Errorf("refused: %s\n%s", wrong, c)
			}
		})
	}
}

func TestCardsThatAreRefused(t *testing.T) {
	button100 := strings.TrimSuffix(strings.Repeat(`{"tag":"button","text":`+plainText("好")+`},`, 100), ",")
	cases := []struct {
		name string
		card string
		code int
		path string // must be in ErrPath
	}{
		{"no JSON", `{`, BadJSON, "ROOT"},
		{"a list", `[]`, BadJSON, "ROOT"},
		{"schema 1.0", `{"elements":[]}`, BadJSON, "ROOT -> schema"},
		{"wrapped in card", `{"card":{"schema":"2.0"}}`, BadJSON, "ROOT"},
		{"elements beside the body", `{"schema":"2.0","elements":[]}`, BadJSON, "ROOT"},
		{"wide_screen_mode", `{"schema":"2.0","config":{"wide_screen_mode":true}}`, BadJSON, "ROOT -> config"},
		{"update_multi false", `{"schema":"2.0","config":{"update_multi":false}}`, BadJSON, "update_multi"},
		{"a tag in the header", `{"schema":"2.0","header":{"tag":"x","title":` + plainText("x") + `}}`, BadJSON, "header"},
		{"a header without title", `{"schema":"2.0","header":{"template":"blue"}}`, BadJSON, "header"},
		{"a header colour of a tag", `{"schema":"2.0","header":{"title":` + plainText("x") + `,"template":"lime"}}`, BadJSON, "template"},
		{"corner_radius on columns", card(`{"tag":"hr"},{"tag":"column_set","corner_radius":"1px","columns":[]}`), BadJSON, "ROOT -> body -> elements -> [1](tag: column_set)"},
		{"text_weight on a text", card(`{"tag":"div","text":{"tag":"plain_text","content":"x","text_weight":"bold"}}`), BadJSON, "text"},
		{"elements in div", card(`{"tag":"div","elements":[]}`), BadJSON, "(tag: div)"},
		{"type in a border", card(`{"tag":"collapsible_panel","header":{"title":` + plainText("x") + `},"border":{"type":"x"}}`), BadJSON, "border"},
		{"panel padding of two", card(`{"tag":"collapsible_panel","header":{"title":` + plainText("x") + `,"padding":"4px 8px"}}`), BadJSON, "padding"},
		{"a panel without header", card(`{"tag":"collapsible_panel","elements":[]}`), BadJSON, "collapsible_panel"},
		{"markdown without content", card(`{"tag":"markdown"}`), BadJSON, "markdown"},
		{"hex colour", card(`{"tag":"div","text":{"tag":"plain_text","content":"x","text_color":"#ff0000"}}`), BadJSON, "text_color"},
		{"a shade that is none", card(`{"tag":"div","text":{"tag":"plain_text","content":"x","text_color":"red-950"}}`), BadJSON, "text_color"},
		{"margin too wide", card(`{"tag":"hr","margin":"100px"}`), BadJSON, "margin"},
		{"padding below zero", card(`{"tag":"collapsible_panel","padding":"-1px","header":{"title":` + plainText("x") + `}}`), BadJSON, "padding"},

		{"note", card(`{"tag":"note","elements":[]}`), UnsupportedTag, "(tag: note)"},
		{"action", card(`{"tag":"action","actions":[]}`), UnsupportedTag, "(tag: action)"},
		{"a tag nobody knows", card(`{"tag":"marquee"}`), UnsupportedTag, "marquee"},

		{"201 elements", card(button100 + `,{"tag":"hr"}`), OverLimit, "ROOT"},
		{"six tables", card(strings.TrimSuffix(strings.Repeat(tableOf(`{"name":"n","data_type":"text"}`, `[]`)+",", 6), ",")), OverLimit, "ROOT"},
		{"five tables in a markdown", card(`{"tag":"markdown","content":"` + strings.Repeat(mdTable, 5) + `"}`), OverLimit, "markdown"},
		{"six levels", card(nested(6)), OverLimit, "columns"},

		{"a table in a column", card(`{"tag":"column_set","columns":[{"tag":"column","elements":[` + tableOf(`{"name":"n","data_type":"text"}`, `[]`) + `]}]}`), BadJSON, "(tag: table)"},
		{"a form in a column", card(`{"tag":"column_set","columns":[{"tag":"column","elements":[{"tag":"form","name":"f","elements":[` + buttonIn("a", submit) + `]}]}]}`), BadJSON, "(tag: form)"},
		{"a form in a form", card(`{"tag":"form","name":"f","elements":[{"tag":"form","name":"g","elements":[` + buttonIn("a", submit) + `]},` + buttonIn("b", submit) + `]}`), BadJSON, "(tag: form)"},
		{"a page of eleven rows", card(`{"tag":"table","page_size":11,"columns":[],"rows":[]}`), BadJSON, "page_size"},
		{"a row with a strange key", card(tableOf(`{"name":"n","data_type":"text"}`, `[{"n":"1","m":"2"}]`)), UnknownColumn, "rows -> [0]"},
		{"a word in a number column", card(tableOf(`{"name":"n","data_type":"number"}`, `[{"n":"多"}]`)), BadRows, "rows -> [0] -> n"},
		{"a date as text", card(tableOf(`{"name":"n","data_type":"date"}`, `[{"n":"2026-01-01"}]`)), BadRows, "rows"},
		{"a column without type", card(tableOf(`{"name":"n"}`, `[]`)), BadJSON, "columns -> [0]"},
		{"a column too narrow", card(tableOf(`{"name":"n","data_type":"text","width":"60px"}`, `[]`)), BadJSON, "width"},

		{"a form without submit", card(`{"tag":"form","name":"f","elements":[` + buttonIn("a", "") + `]}`), BadJSON, "(tag: form)"},
		{"a form without name", card(`{"tag":"form","elements":[` + buttonIn("a", submit) + `]}`), BadJSON, "(tag: form)"},
		{"an unnamed input in a form", card(`{"tag":"form","name":"f","elements":[{"tag":"input"},` + buttonIn("a", submit) + `]}`), UnnamedInForm, "(tag: input)"},
		{"a name twice in a form", card(`{"tag":"form","name":"f","elements":[{"tag":"input","name":"a"},` + buttonIn("a", submit) + `]}`), BadJSON, "(tag: button)"},
		{"submit outside a form", card(buttonIn("a", submit)), BadJSON, "(tag: button)"},

		{"element_id twice", card(`{"tag":"hr","element_id":"a"},{"tag":"hr","element_id":"a"}`), BadJSON, "[1](tag: hr)"},
		{"element_id from a digit", card(`{"tag":"hr","element_id":"1a"}`), BadJSON, "element_id"},
		{"element_id of 21", card(`{"tag":"hr","element_id":"` + strings.Repeat("a", 21) + `"}`), BadJSON, "element_id"},

		{"old value on a button", card(`{"tag":"button","text":` + plainText("x") + `,"value":{}}`), BadJSON, "(tag: button)"},
		{"behaviors no list", card(`{"tag":"button","text":` + plainText("x") + `,"behaviors":{"type":"callback"}}`), BadJSON, "behaviors"},
		{"a behavior nobody knows", card(`{"tag":"button","text":` + plainText("x") + `,"behaviors":[{"type":"jump"}]}`), BadJSON, "behaviors -> [0]"},
		{"a link from a select", card(`{"tag":"select_static","behaviors":[{"type":"open_url","default_url":"https://x.cn"}]}`), BadJSON, "behaviors"},
		{"a script as link", card(`{"tag":"button","text":` + plainText("x") + `,"behaviors":[{"type":"open_url","default_url":"javascript:alert(1)"}]}`), BadJSON, "default_url"},
		{"confirm without title", card(`{"tag":"button","text":` + plainText("x") + `,"confirm":{"text":` + plainText("x") + `}}`), BadJSON, "confirm"},
		{"a button of 101 characters", card(`{"tag":"button","text":` + plainText(strings.Repeat("长", 101)) + `}`), BadJSON, "content"},
		{"a button with nothing on it", card(`{"tag":"button"}`), BadJSON, "button"},
		{"an option twice", card(`{"tag":"select_static","options":[{"text":` + plainText("x") + `,"value":"a"},{"text":` + plainText("y") + `,"value":"a"}]}`), BadJSON, "options -> [1]"},

		{"nobody in a text", card(`{"tag":"markdown","content":"<at id=ou_nobody></at>"}`), UnknownPerson, "content"},
		{"nobody among several", card(`{"tag":"markdown","content":"<at ids=ou_zhang,ou_nobody></at>"}`), UnknownPerson, "content"},
		{"nobody as person", card(`{"tag":"person","user_id":"ou_nobody"}`), UnknownPerson, "user_id"},
		{"nobody in a list", card(`{"tag":"person_list","persons":[{"id":"ou_nobody"}]}`), UnknownPerson, "persons -> [0]"},
		{"a picture of others", card(`{"tag":"img","img_key":"img_theirs","alt":` + plainText("") + `}`), UnknownImage, "img_key"},
		{"a chart with axes as object", card(`{"tag":"chart","chart_spec":{"type":"bar","data":{"values":[]},"xField":"x","yField":"y","axes":{}}}`), BadChart, "chart_spec"},
		{"a chart without type", card(`{"tag":"chart","chart_spec":{"data":{"values":[]}}}`), BadChart, "chart_spec"},
		{"a chart without data", card(`{"tag":"chart","chart_spec":{"type":"pie","valueField":"v","categoryField":"c"}}`), BadChart, "chart_spec"},
		{"a chart without fields", card(`{"tag":"chart","chart_spec":{"type":"line","data":{"values":[]},"xField":"x"}}`), BadChart, "chart_spec"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			wrong := Check([]byte(c.card), known)
			if wrong == nil {
				t.Fatalf("taken: %s", c.card)
			}
			if wrong.Code != c.code || !strings.Contains(wrong.Path, c.path) {
				t.Errorf("refused with %s\nwant code %d at %s", wrong, c.code, c.path)
			}
		})
	}
}

// Whatever comes, the checker answers, and the same twice.
func FuzzCheck(f *testing.F) {
	f.Add(card(nested(3)))
	f.Add(card(`{"tag":"form","name":"f","elements":[{"tag":"input","name":"r"},` + buttonIn("ok", submit) + `]}`))
	f.Add(card(tableOf(`{"name":"n","data_type":"options"}`, `[{"n":[{"text":"x"}]}]`)))
	f.Add(card(`{"tag":"markdown","content":"` + mdTable + `<at id=x></at>"}`))
	f.Add(`{"schema":"2.0","header":null,"body":{"elements":[null,1,"x",{"tag":"button","behaviors":[null]}]}}`)
	f.Add(card(`{"tag":"button","form_action_type":"submit"}`))
	f.Add(card(`{"tag":"form","name":"f","elements":[{"tag":"form","name":"g","elements":[]}]}`))
	f.Add(card(`{"tag":"checker","button_area":{"buttons":[{"tag":"checker","button_area":{"buttons":[null]}}]}}`))
	f.Add(card(`{"tag":"chart","chart_spec":{"type":"common","series":[null],"data":[{"values":[null]}]}}`))
	f.Add(card(`{"tag":"select_static","options":[null,{"value":null},{"value":{}}]}`))
	f.Fuzz(func(t *testing.T, c string) {
		first, second := Check([]byte(c), known), Check([]byte(c), known)
		if (first == nil) != (second == nil) || first != nil && *first != *second {
			t.Errorf("refused with %v, then with %v", first, second)
		}
	})
}
