package remind_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"

	"github.com/nanxiashu/gridbot/bot/remind"
)

func TestAStreetsOwnWordsLieOverThoseOfTheProgram(t *testing.T) {
	words, err := remind.ReadWords(strings.NewReader("evening.title: 今日待办\nevening.group_lead: 还有{grids}个网格，加油：\n"), "ours.yaml")
	if err != nil {
		t.Fatal(err)
	}
	w := newWorld(t, walked(t), records(short))
	w.Words = words
	said := texts(w.due(t, clock(16, 40)))
	for _, want := range []string{"【今日待办】 东社区", "还有2个网格，加油：", "今天还差下面这几项，24:00 前补上就好："} {
		if !strings.Contains(said, want) {
			t.Errorf("no %q in\n%s", want, said)
		}
	}
}

func TestWordsThatCannotBeSaidAreRefusedWithFileAndLine(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"a field that the sentence has not": {"evening.title: 今天\nevening.group_lead: 还有 {people} 个人\n",
			"words: ours.yaml: line 2: evening.group_lead has no field {people}; it has {grids}"},
		"a sentence without any fields": {"evening.lead: 还差 {grids}\n", "line 1: evening.lead has no field {grids}; it has none"},
		"a sentence that there is not":  {"\nevening.titel: 今天\n", "line 2: there is no sentence evening.titel"},
		"nothing to say":                {"evening.title: ''\n", "line 1: evening.title must be a sentence"},
		"a list":                        {"- 今天\n", "line 1: must be sentences"},
		"no YAML":                       {"evening.title: [\n", "ours.yaml: line"},
		"everything that is wrong":      {"a: b\nevening.title: ''\n", "line 2: evening.title must be"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := remind.ReadWords(strings.NewReader(c.text), "ours.yaml")
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want … %s …", err, c.want)
			}
		})
	}
}

func TestAnEmptyFileOfWordsChangesNothing(t *testing.T) {
	w := newWorld(t, walked(t), records(short))
	before := texts(w.due(t, clock(16, 40)))
	words, err := remind.ReadWords(strings.NewReader("# nothing yet\n"), "ours.yaml")
	if err != nil {
		t.Fatal(err)
	}
	w.Words = words
	if diff := cmp.Diff(before, texts(w.due(t, clock(16, 40)))); diff != "" {
		t.Error(diff)
	}
}

// Every sentence of the file is said somewhere, and none is said that is not
// there.
func TestTheSentencesAreThoseThatAreSaid(t *testing.T) {
	text, err := os.ReadFile("words.yaml")
	if err != nil {
		t.Fatal(err)
	}
	sentences := map[string]string{}
	if err := yaml.Unmarshal(text, &sentences); err != nil {
		t.Fatal(err)
	}
	source := sourceOf(t, ".")
	// The titles of cards of one sentence, and the thresholds, are put together.
	put := []string{"evening.thanks_title", "evening.waiting_title", "evening.caught_up_title", "month.thanks_title", "overdue.24h", "overdue.4h", "overdue.overdue", "overdue.late"}
	said := regexp.MustCompile(`"((?:button|morning|escalation|overdue|week|month|result|evening|period)\.[a-z_]+)"`)
	for _, match := range said.FindAllStringSubmatch(source, -1) {
		if _, ok := sentences[match[1]]; !ok {
			t.Errorf("%s is said and not in the file", match[1])
		}
	}
	report, code := sourceOf(t, "../undelivered"), regexp.MustCompile(`^todo\.\d+$`)
	for key := range sentences {
		ofReport, isOfReport := strings.CutPrefix(key, "undelivered.")
		switch {
		case strings.Contains(source, `"`+key+`"`), slices.Contains(put, key):
		case isOfReport && (strings.Contains(report, `"`+ofReport+`"`) || code.MatchString(ofReport)):
		default:
			t.Errorf("%s is never said", key)
		}
	}
}

// sourceOf is the text of a package, but for its tests.
func sourceOf(t *testing.T, dir string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var source strings.Builder
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		source.Write(text)
	}
	return source.String()
}
