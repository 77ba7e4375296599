package ask

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// pieces are what texts are made of, sense and nonsense.
var pieces = []string{
	"我的", "我", "本月", "上个月", "10月", "三季度", "去年", "2026年", "23号", "周三", "上半年", "分数", "得分", "排名", "排行榜",
	"前十", "后五名", "3号网格", "99号网格", "云溪", "云溪社区", "梧桐一", "NXS-03", "张三", "王芳", "王五", "还差", "什么", "扣分",
	"为什么", "走访", "几条", "公里", "上报", "超期", "走势", "平均分", "简报", "迟到", "扣几分", "怎么算", "我是谁", "帮助", "呢",
	"的", "了", "吗", "和", "，", " ", "😊", "天气", "x", "7", "一", "十", "第", "\u200b", "\u202e", "@", "<at>", "�",
}

func someText() *rapid.Generator[string] {
	sense := rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 8).Draw(t, "pieces"), "")
	})
	return rapid.OneOf(sense, sense, sense, rapid.String())
}

// checkQuestion checks what holds of every question.
func checkQuestion(t rapid.TB, r *Reader, c Context, text string, q Question) {
	t.Helper()
	if q.Sure && (q.Meaning == Unknown || len(q.Suggestions) > 0) {
		t.Errorf("%q: sure of %s, and suggests %v", text, q.Meaning, q.Suggestions)
	}
	if len(q.Suggestions) > mostSuggestions {
		t.Errorf("%q: %d suggestions", text, len(q.Suggestions))
	}
	c.Last = nil
	for _, suggestion := range q.Suggestions {
		if !r.Read(suggestion, c).Sure {
			t.Errorf("%q: the suggestion %q is not read", text, suggestion)
		}
	}
	var back Question
	if err := json.Unmarshal([]byte(asJSON(q)), &back); err != nil || asJSON(back) != asJSON(q) {
		t.Errorf("%q: %s comes back as %s (%v)", text, asJSON(q), asJSON(back), err)
	}
}

func TestWhateverIsTypedHasAQuestionOrSuggestions(t *testing.T) {
	r, c := newTestReader(t), onTuesday()
	rapid.Check(t, func(t *rapid.T) {
		before, text := someText().Draw(t, "before"), someText().Draw(t, "text")
		checkQuestion(t, r, c, text, r.Read(text, c))
		last := r.Read(before, c)
		following := c
		following.Last, following.LastAt = &last, c.Now
		checkQuestion(t, r, c, text, r.Read(text, following))
	})
}

func TestTheAskersFiguresAreNeverGivenForThoseOfAnUnknownName(t *testing.T) {
	const (
		surnames = "王李张刘陈杨黄赵吴徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆"
		given    = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞刚桂三四五六七建国红玉梅春志海燕雪荣爱香月凤洁琳素莲环雅嘉琼勤珍贞莉宁欣"
	)
	r, c := newTestReader(t), onTuesday()
	rapid.Check(t, func(t *rapid.T) {
		name := string(rapid.SampledFrom([]rune(surnames)).Draw(t, "surname"))
		for _, r := range rapid.SliceOfN(rapid.SampledFrom([]rune(given)), 1, 2).Draw(t, "given") {
			name += string(r)
		}
		if c.Directory.people[string([]rune(name)[:2])] != nil {
			t.Skip("known, or 王芳 and a number of a grid")
		}
		text := fmt.Sprintf(rapid.SampledFrom([]string{
			"%s上月得分", "%s多少分", "查一下%s的本月分数", "%s排第几", "%s还差什么", "%s走访几条了", "看看%s", "%s10月扣分明细", "%s网格多少分", "%s社区排名",
		}).Draw(t, "text"), name)
		if q := r.Read(text, c); q.Sure {
			t.Errorf("%s is read as %s", text, asJSON(q))
		}
	})
}

func TestAReaderMayBeUsedByManyAtOnce(t *testing.T) {
	r, c := newTestReader(t), onTuesday()
	want := r.Read("张山上月得分", c)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 20 {
				if got := r.Read("张山上月得分", c); !cmp.Equal(got, want) {
					t.Errorf("read as %v, want %v", got, want)
				}
			}
		})
	}
	all.Wait()
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		"我的本月分数", "", " ", "\u200b\u200d\ufeff", "\u202e数分的我\u202c", strings.Repeat("还差", 5000), strings.Repeat("\u200b", 10_000),
		strings.Repeat("一", 200), strings.Repeat("9", 200), "<at user_id=\"ou_1\">网格小助手</at>", "\xff\xfe", "3️⃣号网格", "99999999999999999999月",
		"第第第三三三网网格格", "云溪一十月排名", "2026-2026-2026", "前999999999", "q", "@", "@ @ @", "﷽",
	} {
		f.Add(seed)
	}
	r, c := newTestReader(f), onTuesday()
	f.Fuzz(func(t *testing.T, text string) {
		checkQuestion(t, r, c, text, r.Read(text, c))
	})
}
