// Package pglocal runs a private Postgres server from the binaries installed on
// this machine: for the demonstration, which keeps its data, and for tests,
// which throw them away. Nobody has to set up a database for either.
//
// The server listens on a Unix socket in a folder of its own only, so it is
// never in the way of another Postgres. As root it runs as another user, because
// Postgres refuses to be root.
package pglocal

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

const (
	superuser  = "gridbot"
	startLimit = time.Minute // crash recovery after a kill takes its time
	stopLimit  = 10 * time.Second
)

// Options say what kind of server to start.
type Options struct {
	// Dir keeps the data between runs; empty means [DefaultDir]. Only one server
	// at a time uses a folder. It is ignored by a throwaway server.
	Dir string
	// Throwaway makes a server for tests: fast, not durable, in a new folder
	// that is removed when it stops.
	Throwaway bool
	// BinDir is the folder of initdb and postgres; empty means look for it.
	BinDir string
}

// Server is a running private Postgres.
type Server struct {
	account account // who the server runs as
	bin     string  // folder of the binaries
	data    string  // the cluster's files
	run     *claim  // folder of the socket, and of everything that is thrown away
	keep    *claim  // folder of the data; nil for a throwaway server
	log     string

	command *exec.Cmd
	ended   chan struct{} // closed when the server's process has ended
	stop    sync.Once
}

// Start starts a server and returns once it accepts connections. ctx bounds the
// start, not the life of the server. A missing Postgres is a
// [MissingError]; a folder that another running program uses is an error too.
func Start(ctx context.Context, o Options) (*Server, error) {
	bin, err := findBinaries(o.BinDir)
	if err != nil {
		return nil, err
	}
	s := &Server{bin: bin, ended: make(chan struct{})}
	if err := s.start(ctx, o); err != nil {
		s.release()
		return nil, fmt.Errorf("pglocal: %w", err)
	}
	return s, nil
}

// URL returns the connection URL of a database of the server. The database
// "postgres" always exists.
func (s *Server) URL(database string) string {
	u := url.URL{Scheme: "postgres", User: url.User(superuser), Path: "/" + database}
	u.RawQuery = url.Values{"host": {s.socketDir()}, "port": {"5432"}}.Encode()
	return u.String()
}

// Stop ends the server, and removes a throwaway one's data. It may be called twice.
func (s *Server) Stop() {
	s.stop.Do(func() {
		s.signal(syscall.SIGINT) // "fast": disconnect everybody, checkpoint, end
		select {
		case <-s.ended:
		case <-time.After(stopLimit):
			s.signal(syscall.SIGQUIT) // end now; the next start recovers
			<-s.ended
		}
		s.release()
	})
}

func (s *Server) start(ctx context.Context, o Options) (err error) {
	if s.account, err = serverAccount(); err != nil {
		return err
	}
	sweep()
	if s.run, err = claimNew(); err != nil {
		return err
	}
	s.data, s.log = filepath.Join(s.run.dir, "data"), filepath.Join(s.run.dir, "log")
	if !o.Throwaway {
		dir := o.Dir
		if dir == "" {
			dir = DefaultDir()
		}
		if s.keep, err = claimDir(dir); err != nil {
			return err
		}
		s.data, s.log = filepath.Join(s.keep.dir, "data"), filepath.Join(s.keep.dir, "postgres.log")
	}
	if err := endFormerServer(s.data); err != nil {
		return err
	}
	if err := s.initialise(ctx, o.Throwaway); err != nil {
		return err
	}
	if err := s.launch(o.Throwaway); err != nil {
		return err
	}
	return s.waitReady(ctx)
}

// initialise makes the cluster unless it is there. It appears under its name
// only when it is whole, so that a start that was killed leaves no half of one.
func (s *Server) initialise(ctx context.Context, throwaway bool) error {
	if err := s.account.makeDir(s.socketDir()); err != nil {
		return err
	}
	if _, err := os.Stat(s.data); err == nil {
		return nil
	}
	half := s.data + ".new"
	if err := os.RemoveAll(half); err != nil {
		return fmt.Errorf("remove the rest of an interrupted start: %w", err)
	}
	if err := s.account.makeDir(half); err != nil {
		return err
	}
	args := []string{"-D", half, "-U", superuser, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-instructions"}
	if throwaway {
		args = append(args, "--no-sync")
	}
	if out, err := s.program(ctx, half, "initdb", args...).CombinedOutput(); err != nil {
		return fmt.Errorf("make the database's files: %w\n%s", s.explain(err), out)
	}
	return os.Rename(half, s.data)
}

func (s *Server) launch(throwaway bool) error {
	log, err := os.OpenFile(s.log, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	defer log.Close()
	args := []string{"-D", s.data}
	for _, setting := range settings(s.socketDir(), throwaway) {
		args = append(args, "-c", setting)
	}
	s.command = s.program(context.Background(), s.data, "postgres", args...)
	s.command.Stdout, s.command.Stderr = log, log
	return s.explain(s.runToEnd())
}

// runToEnd starts the server and watches over it until it ends. The goroutine
// stays on its thread, because "die with your parent" means the thread that
// started the process.
func (s *Server) runToEnd() error {
	started := make(chan error)
	go func() {
		runtime.LockOSThread()
		err := s.command.Start()
		started <- err
		if err == nil {
			_ = s.command.Wait() // how it ended is in its log
			close(s.ended)
		}
	}()
	err := <-started
	if err != nil {
		s.command = nil
	}
	return err
}

func (s *Server) waitReady(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, startLimit)
	defer cancel()
	again := time.NewTicker(10 * time.Millisecond)
	defer again.Stop()
	for {
		conn, err := pgx.Connect(ctx, s.URL("postgres"))
		if err == nil {
			return conn.Close(ctx)
		}
		select {
		case <-again.C:
		case <-s.ended:
			return fmt.Errorf("the server ended while starting:\n%s", tail(s.log))
		case <-ctx.Done():
			return fmt.Errorf("the server did not answer: %w\n%s", err, tail(s.log))
		}
	}
}

// program prepares a program of Postgres to run in dir as the server's account.
func (s *Server) program(ctx context.Context, dir, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, filepath.Join(s.bin, name), args...)
	cmd.Dir = dir // the account may not be able to read ours
	cmd.Env = append(os.Environ(), "LC_ALL=C")
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: s.account.credential()}
	bindToParent(cmd.SysProcAttr)
	return cmd
}

// explain says what "permission denied" means when the server is another user.
func (s *Server) explain(err error) error {
	if errors.Is(err, os.ErrPermission) {
		return fmt.Errorf("user %s, who runs the server, must be able to reach %s and %s (choose a folder outside of closed ones such as /root): %w",
			s.account.name, s.bin, filepath.Dir(s.data), err)
	}
	return err
}

func (s *Server) socketDir() string { return filepath.Join(s.run.dir, "s") }

func (s *Server) signal(sig syscall.Signal) {
	if s.command != nil {
		_ = s.command.Process.Signal(sig) // already ended: nothing to do
	}
}

// release gives the folders back, after ending a server that did not get ready.
func (s *Server) release() {
	if s.command != nil {
		s.signal(syscall.SIGQUIT)
		<-s.ended
	}
	if s.keep != nil {
		s.keep.release()
	}
	if s.run != nil {
		s.run.remove()
	}
}
