package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/ingest"
)

const (
	aimPush     = "3×"
	pushedRows  = 10_000 // a call, as many as are allowed
	pushers     = 4      // clients at once
	pushedToken = "a token of the bench, for one run"
)

// comparePush pushes the rows over HTTP, then gives them to COPY. What is
// pushed is measured once all is there, as the next question would; its time
// counts too.
func (b *benchGround) comparePush(ctx context.Context, in imported) ([]figure, error) {
	dir, err := os.MkdirTemp("", "gridbot-bench-")
	if err != nil {
		return nil, fmt.Errorf("bench: %w", err)
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, in.sheet+".csv")
	if err := in.write(path); err != nil {
		return nil, fmt.Errorf("bench: %w", err)
	}
	if err := b.exec(ctx, "truncate track_points, track_days, track_days_due", "checkpoint"); err != nil {
		return nil, err
	}
	pushing, measuring, err := b.push(ctx, in)
	if err != nil {
		return nil, fmt.Errorf("bench: push: %w", err)
	}
	if err := b.exec(ctx, "truncate "+in.table, "checkpoint"); err != nil {
		return nil, err
	}
	bare, err := b.copyFile(ctx, in.table, in.columns, path)
	if err != nil {
		return nil, err
	}
	return []figure{
		{fmt.Sprintf("push %d %s", in.rows, in.what), perSecond(in.rows, pushing, "rows"), perSecond(in.rows, bare, "rows"),
			times(pushing, bare), "≤ " + aimPush},
		{"  and measured", perSecond(in.rows, pushing+measuring, "rows"), perSecond(in.rows, bare, "rows"),
			times(pushing+measuring, bare), unmeasured},
	}, nil
}

// push starts the API on a socket of this machine and pushes to it.
func (b *benchGround) push(ctx context.Context, in imported) (pushing, measuring time.Duration, err error) {
	records, err := store.Open(ctx, b.url, store.Options{Workdays: calendar.Mainland()})
	if err != nil {
		return 0, 0, err
	}
	defer records.Close()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, 0, err
	}
	tokens := []ingest.Token{{Name: "bench", Hash: ingest.HashToken(pushedToken)}}
	began := time.Now()
	now := func() time.Time { return benchNow.Add(time.Since(began)) } // it must go on: calls are limited by the second
	server := &http.Server{Handler: ingest.New(records, tokens, now, slog.New(slog.DiscardHandler))}
	go func() { _ = server.Serve(listener) }()
	defer server.Close()
	bodies := in.bodies()
	began = time.Now()
	if err := pushAll(ctx, "http://"+listener.Addr().String()+"/api/v1/records/"+in.sheet, bodies); err != nil {
		return 0, 0, err
	}
	pushing = time.Since(began)
	err = records.MeasureTracks(ctx, 0)
	return pushing, time.Since(began) - pushing, err
}

// bodies are the rows as calls: an object a line, compressed.
func (in imported) bodies() [][]byte {
	columns := strings.Split(in.header, ",")
	var bodies [][]byte
	var body bytes.Buffer
	for start := 0; start < in.rows; start += pushedRows {
		body.Reset()
		packed := gzip.NewWriter(&body)
		for i := start; i < min(start+pushedRows, in.rows); i++ {
			sep := "{"
			for n, value := range strings.Split(in.line(i), ",") {
				fmt.Fprintf(packed, "%s%q:%q", sep, columns[n], value)
				sep = ","
			}
			io.WriteString(packed, "}\n")
		}
		_ = packed.Close() // a buffer takes everything
		bodies = append(bodies, bytes.Clone(body.Bytes()))
	}
	return bodies
}

// pushAll makes the calls, a few at a time; who is told to wait does.
func pushAll(ctx context.Context, address string, bodies [][]byte) error {
	calls, ctx := errgroup.WithContext(ctx)
	calls.SetLimit(pushers)
	for _, body := range bodies {
		calls.Go(func() error {
			for {
				status, reply, err := pushOnce(ctx, address, body)
				switch {
				case err != nil:
					return err
				case status == http.StatusOK:
					return nil
				case status != http.StatusTooManyRequests:
					return fmt.Errorf("%d %s", status, reply)
				}
				time.Sleep(time.Second) // as Retry-After says
			}
		})
	}
	return calls.Wait()
}

func pushOnce(ctx context.Context, address string, body []byte) (status int, reply string, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return 0, "", err
	}
	request.Header.Set("Authorization", "Bearer "+pushedToken)
	request.Header.Set("Content-Encoding", "gzip")
	request.Header.Set("Content-Type", "application/x-ndjson")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, "", err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	return response.StatusCode, string(text), err
}
