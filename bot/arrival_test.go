package bot

import (
	"strings"
	"testing"
	"time"

	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/sheet"
)

func TestWhoWasMovedGetsThePresentGridAndIsToldSinceWhen(t *testing.T) {
	records := hamletStore(t)
	a := assistantOn(t, records)
	if text := said(t, a, "ou_member", "我的分数", now); !strings.HasPrefix(text, "【我的分数】 一号网格") || strings.Contains(text, "起在") {
		t.Fatalf("before: %s", text)
	}
	importSheets(t, records, sheets{sheet.People: `姓名,手机号,角色,网格编号,社区,open_id,在岗
东一员,13800000002,网格员,G2,,ou_member,是`}, store.ImportOptions{Now: now.Add(24 * time.Hour)})
	const since = "您11月24日起在二号网格"
	for text, c := range map[string]struct {
		begins string
		told   bool
	}{
		"我的分数":   {"【我的分数】 二号网格 · 11月", true},
		"上月得分":   {"【我的分数】 二号网格 · 10月", true},
		"我排第几":   {"【我的名次】 二号网格", true},
		"今天走访几条": {"【走访情况】 二号网格", false},
		"我是谁":    {"【东一员】", false},
	} {
		got := said(t, a, "ou_member", text, now.Add(48*time.Hour))
		if !strings.HasPrefix(got, c.begins) || strings.Contains(got, since) != c.told {
			t.Errorf("%s: want %s, told since when: %v\n%s", text, c.begins, c.told, got)
		}
	}
	if text := said(t, a, "ou_chief2", "我的分数", now.Add(48*time.Hour)); strings.Contains(text, "起在") {
		t.Errorf("who stayed: %s", text)
	}
}
