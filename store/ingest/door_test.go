package ingest_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/ingest"
	"github.com/nanxiashu/gridbot/store/sheet"
)

func TestCallsThatAreRefused(t *testing.T) {
	tooMany := strings.Repeat(visit+"\n", 10_001)
	for name, tc := range map[string]struct {
		sheet  sheet.Name
		body   string
		change func(*http.Request)
		want   int
	}{
		"nobody's token":           {sheet.Visits, visit, func(r *http.Request) { r.Header.Del("Authorization") }, 401},
		"a wrong token":            {sheet.Visits, visit, func(r *http.Request) { r.Header.Set("Authorization", "Bearer x") }, 401},
		"another scheme":           {sheet.Visits, visit, func(r *http.Request) { r.SetBasicAuth("a", allSheets) }, 401},
		"another sheet's token":    {sheet.Grids, "[]", bearer(visitsOnly), 403},
		"a sheet there is not":     {"走访记录", "[]", nil, 404},
		"no JSON":                  {sheet.Visits, "记录编号,网格编号", nil, 400},
		"an array that breaks off": {sheet.Visits, "[" + visit, nil, 400},
		"a list of lists":          {sheet.Visits, "[[1]]", nil, 400},
		"nothing at all":           {sheet.Visits, " \n", nil, 400},
		"a column twice":           {sheet.Visits, strings.Replace(visit, "}", `,"图片数":2}`, 1), nil, 400},
		"an empty row":             {sheet.Visits, "[{}]", nil, 400},
		"more after the array":     {sheet.Visits, "[" + visit + "]" + visit, nil, 400},
		"too many rows":            {sheet.Visits, tooMany, nil, 413},
		"too many bytes":           {sheet.Visits, `[{"内容":"` + strings.Repeat("x", 17<<20) + `"}]`, nil, 413},
		"a bomb":                   {sheet.Visits, string(gzipped(t, bytes.Repeat([]byte(" "), 64<<20))), encoded("gzip"), 413},
		"gzip that is none":        {sheet.Visits, visit, encoded("gzip"), 400},
		"another compression":      {sheet.Visits, visit, encoded("br"), 415},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPusher(t)
			change := tc.change
			if change == nil {
				change = func(*http.Request) {}
			}
			status, reply := p.push(tc.sheet, tc.body, change)
			if status != tc.want || !json.Valid([]byte(reply)) {
				t.Errorf("%d %s, want %d", status, reply, tc.want)
			}
			if n := p.visits(); n != 0 {
				t.Errorf("%d visits stored", n)
			}
			if strings.Contains(p.log.String(), "13800000001") {
				t.Error("a mobile number is in the log")
			}
		})
	}
}

func bearer(token string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+token) }
}

func encoded(encoding string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set("Content-Encoding", encoding) }
}

func gzipped(t *testing.T, plain []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(plain); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestCompressedRows(t *testing.T) {
	p := newPusher(t)
	p.must(sheet.Visits, string(gzipped(t, []byte(visit))), encoded("gzip"))
	if n := p.visits(); n != 1 {
		t.Errorf("%d visits, want 1", n)
	}
}

func TestTokensOfTheDatabase(t *testing.T) {
	p := newPusher(t)
	p.token = "made-by-the-command"
	token := store.IngestToken{Name: "网格通", Sheets: []sheet.Name{sheet.Visits}, CreatedAt: noon}
	if err := p.store.CreateIngestToken(t.Context(), token, ingest.HashToken(p.token)); err != nil {
		t.Fatal(err)
	}
	if err := p.store.CreateIngestToken(t.Context(), token, ingest.HashToken("other")); err != store.ErrTokenExists {
		t.Errorf("a second token of the name: %v", err)
	}
	p.must(sheet.Visits, "["+visit+"]")
	if status, _ := p.push(sheet.Grids, "[]"); status != http.StatusForbidden {
		t.Errorf("another sheet: %d", status)
	}
	if err := p.store.RevokeIngestToken(t.Context(), token.Name, noon); err != nil {
		t.Fatal(err)
	}
	if status, _ := p.push(sheet.Visits, "["+visit+"]"); status != http.StatusUnauthorized {
		t.Errorf("after it was revoked: %d", status)
	}
}

func TestWhoPushesTooOftenIsToldToWait(t *testing.T) {
	p := newPusher(t)
	status, calls := http.StatusOK, 0
	for ; status == http.StatusOK && calls < 100; calls++ {
		status, _ = p.push(sheet.Visits, "[]")
	}
	if status != http.StatusTooManyRequests || calls < 10 {
		t.Errorf("after %d calls: %d", calls, status)
	}
	if status, _ := p.push(sheet.Visits, "[]", bearer(visitsOnly)); status != http.StatusOK {
		t.Errorf("another token has to wait too: %d", status)
	}
}

func TestPushesOfTheSameKeyAtOnceKeepOneRow(t *testing.T) {
	p := newPusher(t)
	var pushes sync.WaitGroup
	for i := range 8 {
		pushes.Go(func() {
			status, reply := p.push(sheet.Visits, strings.Replace(visit, `"图片数":1`, fmt.Sprintf(`"图片数":%d`, i+1), 1))
			if status != http.StatusOK {
				t.Errorf("%d %s", status, reply)
			}
		})
	}
	pushes.Wait()
	if n := p.visits(); n != 1 {
		t.Errorf("%d visits, want 1", n)
	}
}
