package ingest_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/ingest"
	"github.com/nanxiashu/gridbot/store/pglocal/pgtest"
	"github.com/nanxiashu/gridbot/store/seal/sealtest"
	"github.com/nanxiashu/gridbot/store/sheet"
)

func TestMain(m *testing.M) {
	defer pgtest.Stop()
	m.Run()
}

var noon = time.Date(2026, time.November, 23, 12, 0, 0, 0, calendar.Shanghai)

// pusher is a system that pushes to a street of its own.
type pusher struct {
	t     *testing.T
	store *store.Store
	api   http.Handler
	log   *bytes.Buffer
	token string
}

const (
	allSheets  = "all-sheets-all-sheets-all"
	visitsOnly = "visits-only-visits-only-v"
)

func newPusher(t *testing.T) *pusher {
	t.Helper()
	s, err := store.Open(t.Context(), pgtest.Database(t, store.Migrate), store.Options{Workdays: calendar.Mainland(), Keys: sealtest.Ring()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	p := &pusher{t: t, store: s, log: &bytes.Buffer{}, token: allSheets}
	p.api = ingest.New(s, []ingest.Token{
		{Name: "wgt", Hash: ingest.HashToken(allSheets)},
		{Name: "visits", Hash: ingest.HashToken(visitsOnly), Sheets: []sheet.Name{sheet.Visits}},
	}, func() time.Time { return noon }, slog.New(slog.NewTextHandler(p.log, nil)))
	p.must(sheet.Grids, `[{"网格编号":"G1","网格名称":"一号网格","社区":"东社区","总户数":300}]`)
	p.must(sheet.People, `[{"姓名":"甲","手机号":"13800000001","角色":"网格长","网格编号":"G1"}]`)
	return p
}

// push returns the status and the body of a call.
func (p *pusher) push(name sheet.Name, body string, change ...func(*http.Request)) (int, string) {
	p.t.Helper()
	r := httptest.NewRequest(http.MethodPost, "/api/v1/records/"+string(name), strings.NewReader(body))
	r.Header.Set("Authorization", "Bearer "+p.token)
	for _, c := range change {
		c(r)
	}
	w := httptest.NewRecorder()
	p.api.ServeHTTP(w, r)
	return w.Code, strings.TrimSpace(w.Body.String())
}

func (p *pusher) must(name sheet.Name, body string, change ...func(*http.Request)) string {
	p.t.Helper()
	status, reply := p.push(name, body, change...)
	if status != http.StatusOK {
		p.t.Fatalf("%s: %d %s", name, status, reply)
	}
	return reply
}

// visits counts the valid visits of the month, as the facts have them.
func (p *pusher) visits() int {
	p.t.Helper()
	facts, err := p.store.Facts(p.t.Context(), store.FactsQuery{Month: calendar.MonthOf(noon), At: noon})
	if err != nil {
		p.t.Fatal(err)
	}
	n := 0
	for _, d := range facts[0].Days {
		n += d.Visits()
	}
	return n
}

const visit = `{"记录编号":"V1","网格编号":"G1","手机号":"13800000001","走访时间":"2026-11-20 10:00","图片数":1}`

func TestRowsComeInAsAnArrayOrALineEach(t *testing.T) {
	second := strings.Replace(visit, "V1", "V2", 1)
	for name, body := range map[string]string{
		"an array":                "[" + visit + "," + second + "]",
		"a line each":             visit + "\n" + second + "\n",
		"a byte order mark":       "\ufeff[" + visit + "," + second + "]",
		"an array over lines":     " [\n" + visit + " ,\n " + second + "\n]\n",
		"a true and a null":       "[" + visit + "," + strings.Replace(second, "}", `,"管控信息":false,"对象编号":null}`, 1) + "]",
		"an unknown column":       "[" + visit + "," + strings.Replace(second, "}", `,"备注":"x"}`, 1) + "]",
		"the same again":          "[" + visit + "," + second + "," + second + "]",
		"the time with its zone":  "[" + visit + "," + strings.Replace(second, "2026-11-20 10:00", "2026-11-20T02:00:00Z", 1) + "]",
		"a figure in full width":  "[" + visit + "," + strings.Replace(second, `"图片数":1`, `"图片数":"１"`, 1) + "]",
		"a number that is a text": "[" + visit + "," + strings.Replace(second, `"图片数":1`, `"图片数":"1"`, 1) + "]",
	} {
		t.Run(name, func(t *testing.T) {
			p := newPusher(t)
			p.must(sheet.Visits, body)
			if n := p.visits(); n != 2 {
				t.Errorf("%d visits, want 2", n)
			}
		})
	}
}

func TestTheSameCallAgainChangesNothing(t *testing.T) {
	p := newPusher(t)
	for range 2 {
		if got, want := p.must(sheet.Visits, "["+visit+"]"), `{"stored":1,"errors":[]}`; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	if n := p.visits(); n != 1 {
		t.Errorf("%d visits, want 1", n)
	}
}

func TestACallIsStoredWholeOrNotAtAll(t *testing.T) {
	p := newPusher(t)
	status, reply := p.push(sheet.Visits, "["+visit+`,{"记录编号":"V2","网格编号":"G9","手机号":"13800000001","走访时间":"昨天","图片数":-1}]`)
	if status != http.StatusUnprocessableEntity {
		t.Fatalf("%d %s", status, reply)
	}
	var answer struct {
		Stored int
		Errors []struct {
			Row                    int
			Column, Value, Problem string
		}
	}
	if err := json.Unmarshal([]byte(reply), &answer); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range answer.Errors {
		got = append(got, fmt.Sprintf("%d %s %s", e.Row, e.Column, e.Value))
		if e.Problem == "" {
			t.Error("no word of what is wrong")
		}
	}
	if diff := cmp.Diff([]string{"2 走访时间 昨天", "2 图片数 -1", "2 网格编号 G9"}, got); diff != "" {
		t.Error(diff)
	}
	if answer.Stored != 0 || p.visits() != 0 {
		t.Error("something was stored")
	}
}

func TestWithoutAKeyPersonalDataAreNotTaken(t *testing.T) {
	p := newPusher(t)
	keyless, err := store.Open(t.Context(), p.store.Pool().Config().ConnString(), store.Options{Workdays: calendar.Mainland()})
	if err != nil {
		t.Fatal(err)
	}
	defer keyless.Close()
	p.api = ingest.New(keyless, []ingest.Token{{Name: "wgt", Hash: ingest.HashToken(allSheets)}},
		func() time.Time { return noon }, slog.New(slog.NewTextHandler(p.log, nil)))
	status, reply := p.push(sheet.Concerns, `[{"对象编号":"D1","网格编号":"G1","姓名":"欧阳示例","类别":"精神病人"}]`)
	if status != http.StatusServiceUnavailable || !strings.Contains(reply, "加密密钥") {
		t.Errorf("%d %s", status, reply)
	}
	if log := p.log.String(); !strings.Contains(log, "gridbot key") || strings.Contains(log, "欧阳示例") {
		t.Errorf("the log says %s", log)
	}
	if status, reply := p.push(sheet.Visits, visit); status != http.StatusServiceUnavailable {
		t.Errorf("visits: %d %s", status, reply)
	}
	p.must(sheet.Patrols, `[{"网格编号":"G1","手机号":"13800000001","日期":"2026-11-20","公里数":5.5}]`)
}
