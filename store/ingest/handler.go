// Package ingest takes records over HTTP from systems that can push:
// POST /api/v1/records/{sheet}. The rows go the way of an imported sheet, by the
// same rules and with the same errors: all of a call or nothing.
package ingest

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"slices"
	"time"

	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/sheet"
)

// Records takes the rows; *store.Store does.
type Records interface {
	Import(ctx context.Context, book *sheet.Book, options store.ImportOptions) (store.ImportReport, error)
	IngestToken(ctx context.Context, hash []byte) (store.IngestToken, error)
}

// Handler serves the API.
type Handler struct {
	mux     *http.ServeMux
	records Records
	doors   *doors
	now     func() time.Time
	log     *slog.Logger
}

// New returns the handler of /api/v1/. Besides the tokens in the database those
// of the configuration are let in.
func New(records Records, configured []Token, now func() time.Time, log *slog.Logger) *Handler {
	h := &Handler{mux: http.NewServeMux(), records: records, doors: newDoors(records, configured), now: now, log: log}
	h.mux.HandleFunc("POST /api/v1/records/{sheet}", h.take)
	h.mux.HandleFunc("GET /api/v1/openapi.json", describe)
	return h
}

// ServeHTTP answers a call.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) { h.mux.ServeHTTP(w, r) }

// answer is what a call gets.
type answer struct {
	Stored int      `json:"stored"` // rows taken; those that changed nothing count
	Errors []bad    `json:"errors"`
	More   int      `json:"more,omitempty"`    // errors beyond those listed
	Notes  []string `json:"notices,omitempty"` // what was passed over without harm
}

// bad is a cell that keeps the rows from being stored; rows are counted from 1.
type bad struct {
	Row     int    `json:"row"`
	Column  string `json:"column"`
	Value   string `json:"value"`
	Problem string `json:"problem"`
}

// take is POST /api/v1/records/{sheet}.
func (h *Handler) take(w http.ResponseWriter, r *http.Request) {
	name := sheet.Name(r.PathValue("sheet"))
	token, err := h.doors.open(r, name, h.now())
	if err != nil {
		refuse(w, err)
		return
	}
	objects, err := objects(w, r)
	if err != nil {
		refuse(w, err)
		return
	}
	status, reply, err := h.store(r.Context(), name, token, objects)
	if err != nil {
		h.log.ErrorContext(r.Context(), "ingest: rows not stored", "sheet", name, "token", token.Name, "error", err)
		refuse(w, notStored(err))
		return
	}
	h.log.InfoContext(r.Context(), "ingest", "sheet", name, "token", token.Name, "rows", len(objects), "status", status)
	write(w, status, reply)
}

func (h *Handler) store(ctx context.Context, name sheet.Name, token Token, objects []sheet.Object) (int, answer, error) {
	reply := answer{Errors: []bad{}}
	if len(objects) == 0 {
		return http.StatusOK, reply, nil
	}
	book := sheet.OfObjects(name, token.Name, objects)
	report, err := h.records.Import(ctx, book, store.ImportOptions{Now: h.now(), By: token.Name})
	if err != nil {
		return 0, reply, err
	}
	for _, n := range slices.Concat(book.Notices, report.Sheets[0].Notices) {
		reply.Notes = append(reply.Notes, n.Text)
	}
	taken := report.Sheets[0]
	for _, c := range taken.Bad.Cells {
		reply.Errors = append(reply.Errors, bad{c.Row, c.Column, c.Value, c.Problem})
	}
	if taken.Refused() {
		reply.More = taken.Bad.More()
		return http.StatusUnprocessableEntity, reply, nil
	}
	reply.Stored = len(objects)
	return http.StatusOK, reply, nil
}

// notStored is what the caller is told of an error while storing.
func notStored(err error) problem {
	if errors.Is(err, store.ErrNoPersonalKeys) {
		return problem{http.StatusServiceUnavailable, "这里还没有设置个人信息的加密密钥，暂时不能接收“对象”“隐患场所”“走访”和“认定”，请联系管理员"}
	}
	return problem{http.StatusInternalServerError, "暂时存不进去，请稍后再试"}
}

// problem is a call that cannot be taken, with its HTTP status.
type problem struct {
	status int
	text   string // Chinese, for who reads the pushing system's log
}

func (p problem) Error() string { return p.text }

func refuse(w http.ResponseWriter, err error) {
	p := problem{http.StatusInternalServerError, "暂时不能处理，请稍后再试"}
	errors.As(err, &p)
	switch p.status {
	case http.StatusUnauthorized:
		w.Header().Set("WWW-Authenticate", "Bearer")
	case http.StatusTooManyRequests:
		w.Header().Set("Retry-After", "1")
	}
	write(w, p.status, map[string]string{"error": p.text})
}

func write(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	_ = out.Encode(body) // the caller is gone: nobody to tell
}
