package ingest

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/nanxiashu/gridbot/store/sheet"
)

// The most that one call may bring, unpacked.
const (
	maxRows  = 10_000
	maxBytes = 16 << 20
)

var errTooLarge = problem{http.StatusRequestEntityTooLarge, "一次最多 10000 行、16 MiB，请分几次推送"}

// objects reads the rows of a call: a JSON array, or an object a line (NDJSON).
func objects(w http.ResponseWriter, r *http.Request) ([]sheet.Object, error) {
	body, err := unpacked(http.MaxBytesReader(w, r.Body, maxBytes), r.Header.Get("Content-Encoding"))
	if err != nil {
		return nil, err
	}
	in := bufio.NewReader(body)
	in.Discard(mark(in))
	rows := decoder{json: json.NewDecoder(in)}
	start, err := first(in)
	switch {
	case errors.Is(err, io.EOF):
		return nil, problem{http.StatusBadRequest, "没有内容；要一个 JSON 数组，或一行一个对象"}
	case err != nil:
		return nil, rows.broken(err)
	}
	if err := rows.read(start == '['); err != nil {
		return nil, err
	}
	return rows.objects, nil
}

// unpacked undoes gzip; what it unpacks to is bounded too.
func unpacked(body io.Reader, encoding string) (io.Reader, error) {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "", "identity":
		return body, nil
	case "gzip":
		plain, err := gzip.NewReader(body)
		if err != nil {
			return nil, problem{http.StatusBadRequest, "gzip 解不开"}
		}
		return &bounded{plain, maxBytes}, nil
	}
	return nil, problem{http.StatusUnsupportedMediaType, "只认识 gzip 压缩"}
}

// bounded fails where more than left bytes come.
type bounded struct {
	in   io.Reader
	left int64
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.in.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return n, errTooLarge
	}
	return n, err
}

// mark is the length of a byte order mark at the beginning.
func mark(in *bufio.Reader) int {
	if start, _ := in.Peek(3); bytes.Equal(start, []byte("\ufeff")) {
		return len(start)
	}
	return 0
}

// first skips space and returns the next byte.
func first(in *bufio.Reader) (byte, error) {
	for {
		c, err := in.ReadByte()
		if err != nil {
			return 0, err
		}
		if c != ' ' && c != '\t' && c != '\r' && c != '\n' {
			return c, in.UnreadByte()
		}
	}
}

// decoder gathers the rows.
type decoder struct {
	json    *json.Decoder
	objects []sheet.Object
}

func (d *decoder) read(array bool) error {
	if array {
		if _, err := d.json.Token(); err != nil {
			return d.broken(err)
		}
	}
	for d.json.More() {
		if len(d.objects) == maxRows {
			return errTooLarge
		}
		object, err := d.object()
		if err != nil {
			return err
		}
		d.objects = append(d.objects, object)
	}
	if array {
		if _, err := d.json.Token(); err != nil { // the closing bracket
			return d.broken(err)
		}
	}
	if _, err := d.json.Token(); !errors.Is(err, io.EOF) {
		return d.broken(err)
	}
	return nil
}

// object reads a row.
func (d *decoder) object() (sheet.Object, error) {
	var raw json.RawMessage
	if err := d.json.Decode(&raw); err != nil || raw[0] != '{' {
		return nil, d.broken(err)
	}
	object, twice := cells(raw)
	switch {
	case twice != "":
		return nil, problem{http.StatusBadRequest, fmt.Sprintf("第 %d 行的“%s”出现了两次", len(d.objects)+1, twice)}
	case len(object) == 0:
		return nil, problem{http.StatusBadRequest, fmt.Sprintf("第 %d 行是空的", len(d.objects)+1)}
	}
	return object, nil
}

// broken says where the body stops being what it should be.
func (d *decoder) broken(err error) error {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) || errors.Is(err, errTooLarge) {
		return errTooLarge
	}
	return problem{http.StatusBadRequest, fmt.Sprintf("第 %d 行不是 JSON 对象；要一个 JSON 数组，或一行一个对象", len(d.objects)+1)}
}
