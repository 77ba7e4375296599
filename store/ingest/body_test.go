package ingest_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/ingest"
	"github.com/nanxiashu/gridbot/store/sheet"
)

// Whatever is pushed gets an answer in JSON, and never an error of our own.
func FuzzBody(f *testing.F) {
	for _, body := range []string{"", "[]", "[" + visit + "]", visit + visit, "[{}]", `[{"记录编号":{"a":[1,null]}}]`, "\ufeff", "[1e999]", "\x00"} {
		f.Add([]byte(body))
	}
	api := ingest.New(nobody{}, []ingest.Token{{Name: "wgt", Hash: ingest.HashToken(allSheets)}},
		time.Now, slog.New(slog.DiscardHandler))
	f.Fuzz(func(t *testing.T, body []byte) {
		r := httptest.NewRequest(http.MethodPost, "/api/v1/records/走访", bytes.NewReader(body))
		r.Header.Set("Authorization", "Bearer "+allSheets)
		w := httptest.NewRecorder()
		api.ServeHTTP(w, r)
		reply, _ := io.ReadAll(w.Body)
		switch w.Code {
		case http.StatusOK, http.StatusBadRequest, http.StatusUnprocessableEntity, http.StatusTooManyRequests:
		default:
			t.Errorf("%d %s", w.Code, reply)
		}
		if !json.Valid(reply) {
			t.Errorf("no JSON: %s", reply)
		}
	})
}

// nobody reads the rows and stores nothing.
type nobody struct{ ingest.Records }

func (nobody) Import(_ context.Context, book *sheet.Book, _ store.ImportOptions) (store.ImportReport, error) {
	read, rows := sheet.Report{Name: sheet.Visits}, 0
	for visit := range sheet.VisitTable.Each(book, &read) {
		if !visit.Broken {
			rows++
		}
	}
	return store.ImportReport{Sheets: []store.SheetReport{{Sheet: sheet.Visits, New: rows, Bad: read.Bad, Notices: read.Notices}}}, nil
}
