// Package redistest gives a test a real Redis of its own.
package redistest

import (
	"context"
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// Server is a running redis-server.
type Server struct {
	URL     string // unix:///…/redis.sock
	command *exec.Cmd
}

// Redis starts an empty redis-server and returns its URL. It is stopped when
// the test ends.
func Redis(t testing.TB) string {
	t.Helper()
	return Start(t).URL
}

// Start is [Redis] for tests that stop the server midway.
func Start(t testing.TB) *Server {
	t.Helper()
	program, err := exec.LookPath("redis-server")
	if err != nil {
		t.Fatal("no redis-server found; run .tools/install redis (Debian: apt-get install redis-server, macOS: brew install redis)")
	}
	dir, err := os.MkdirTemp("/tmp", "gridbot-redis-") // a socket's path must be short: t.TempDir is not
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	socket := filepath.Join(dir, "redis.sock")
	s := &Server{URL: "unix://" + socket, command: exec.Command(program,
		"--port", "0", "--unixsocket", socket, "--dir", dir, "--save", "", "--appendonly", "no")}
	if err := s.command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Stop)
	waitFor(t, socket)
	return s
}

// Stop ends the server at once. It may be called twice.
func (s *Server) Stop() {
	_ = s.command.Process.Kill() // already ended: nothing to do
	_ = s.command.Wait()
}

func waitFor(t testing.TB, socket string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	again := time.NewTicker(2 * time.Millisecond)
	defer again.Stop()
	for {
		conn, err := new(net.Dialer).DialContext(ctx, "unix", socket)
		if err == nil {
			conn.Close()
			return
		}
		if errors.Is(err, context.DeadlineExceeded) || ctx.Err() != nil {
			t.Fatalf("redis-server does not answer: %v", err)
		}
		<-again.C
	}
}
