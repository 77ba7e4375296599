package ask

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestOfGridsThatShareANumberTheNearestToTheAskerIsMeant(t *testing.T) {
	r := newTestReader(t)
	for name, tt := range map[string]struct {
		own, home []string
		text      string
		grid      string // "" where it is asked back
	}{
		"a name, somebody of nowhere":              {nil, nil, "第三网格多少分", ""},
		"a name, somebody of the one community":    {nil, []string{"云溪社区"}, "第三网格多少分", "NXS-03"},
		"a name, somebody of the other":            {nil, []string{"梧桐社区"}, "第三网格多少分", "NXS-09"},
		"a name, somebody of both":                 {nil, []string{"云溪社区", "梧桐社区"}, "第三网格多少分", ""},
		"a name, somebody of a third":              {nil, []string{"华阳社区"}, "第三网格多少分", ""},
		"a name, the asker's own of both":          {[]string{"NXS-09"}, []string{"云溪社区", "梧桐社区"}, "第三网格多少分", "NXS-09"},
		"a name with its community":                {[]string{"NXS-09"}, []string{"梧桐社区"}, "云溪第三网格多少分", "NXS-03"},
		"an ordinal that no name has":              {nil, []string{"云溪社区"}, "第九网格多少分", "NXS-09"},
		"a number, somebody of nowhere":            {nil, nil, "3号网格多少分", "NXS-03"},
		"a number, somebody of its community":      {nil, []string{"云溪社区"}, "3号网格多少分", "NXS-03"},
		"a number that is a name nearer by":        {nil, []string{"梧桐社区"}, "3号网格多少分", ""},
		"a number that is the name of one's own":   {[]string{"NXS-09"}, []string{"梧桐社区"}, "3号网格多少分", ""},
		"a number that no name nearer by has":      {[]string{"NXS-09"}, []string{"梧桐社区"}, "10号网格多少分", "NXS-10"},
		"a name, one's own before another of home": {[]string{"NXS-03"}, []string{"梧桐社区"}, "第三网格多少分", "NXS-03"},
	} {
		t.Run(name, func(t *testing.T) {
			c := onTuesday()
			c.Own, c.Home = tt.own, tt.home
			q := r.Read(tt.text, c)
			if q.Grid != tt.grid || q.Sure != (tt.grid != "") {
				t.Errorf("%s: %s", tt.text, asJSON(q))
			}
			both := []string{"云溪第三网格本月多少分", "梧桐第三网格本月多少分"}
			if tt.grid == "" && !cmp.Equal(sorted(q.Suggestions[:min(2, len(q.Suggestions))]), both) {
				t.Errorf("%s: suggested are %q", tt.text, q.Suggestions)
			}
		})
	}
}

func sorted(texts []string) []string { return slices.Sorted(slices.Values(texts)) }

func TestTheGridsThatMayBeMeantAreOfferedWithWhatWasAsked(t *testing.T) {
	c := onTuesday()
	c.Home = nil
	for text, want := range map[string][]string{
		"第三网格昨天走访几条": {"云溪第三网格昨天走访几条", "梧桐第三网格昨天走访几条", "昨天走访几条"},
		"第三网格10月排名":  {"云溪第三网格上月排行榜", "梧桐第三网格上月排行榜", "上月排行榜"},
		"第三网格还差什么":   {"云溪第三网格还差什么", "梧桐第三网格还差什么", "还差什么"},
	} {
		if got := newTestReader(t).Read(text, c).Suggestions; !cmp.Equal(got, want) {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}
