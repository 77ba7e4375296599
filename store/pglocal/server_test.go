package pglocal

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
)

// holdDir makes this test binary a program that starts a server on the folder
// and waits to be killed.
const holdDir = "PGLOCAL_TEST_HOLD_DIR"

func TestMain(m *testing.M) {
	if dir := os.Getenv(holdDir); dir != "" {
		server, err := Start(context.Background(), Options{Dir: dir})
		if err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		fmt.Println(server.URL("postgres"))
		select {}
	}
	m.Run()
}

func TestThrowawayServerLeavesNothing(t *testing.T) {
	server := start(t, Options{Throwaway: true})
	if got := query(t, server, "select 'x' || 1"); got != "x1" {
		t.Errorf("the server answers %q", got)
	}
	server.Stop()
	server.Stop()
	if _, err := os.Stat(server.run.dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("its folder after the stop: %v", err)
	}
}

func TestDataAreKept(t *testing.T) {
	dir := dataDir(t)
	server := start(t, Options{Dir: dir})
	query(t, server, "create table kept (n int); insert into kept values (7)")
	server.Stop()
	again := start(t, Options{Dir: dir})
	if got := query(t, again, "select n::text from kept"); got != "7" {
		t.Errorf("kept %q", got)
	}
}

func TestOneServerAFolder(t *testing.T) {
	dir := dataDir(t)
	start(t, Options{Dir: dir})
	if _, err := Start(t.Context(), Options{Dir: dir}); !errors.Is(err, errClaimed) {
		t.Errorf("a second server on the folder: %v", err)
	}
}

func TestDataSurviveTheKillOfTheirProgram(t *testing.T) {
	dir := dataDir(t)
	holder := exec.Command(os.Args[0])
	holder.Env = append(os.Environ(), holdDir+"="+dir)
	out, err := holder.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := holder.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	ask(t, strings.TrimSpace(line), "create table kept (n int); insert into kept values (7)")
	if err := holder.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = holder.Wait() // "killed"

	server := start(t, Options{Dir: dir})
	if got := query(t, server, "select n::text from kept"); got != "7" {
		t.Errorf("kept %q", got)
	}
}

func TestFormerServerStillRunningIsEnded(t *testing.T) {
	dir := dataDir(t)
	former := start(t, Options{Dir: dir})
	former.keep.release() // as if its program were gone
	start(t, Options{Dir: dir})
	<-former.ended
}

func TestPidFileLeftByACrashOfTheMachine(t *testing.T) {
	dir := dataDir(t)
	start(t, Options{Dir: dir}).Stop()
	// The number now belongs to another program: to us.
	pid := []byte(strconv.Itoa(os.Getpid()) + "\n")
	if err := os.WriteFile(filepath.Join(dir, "data", "postmaster.pid"), pid, 0o644); err != nil {
		t.Fatal(err)
	}
	start(t, Options{Dir: dir})
}

func TestInterruptedFirstStartIsMadeGood(t *testing.T) {
	dir := dataDir(t)
	if err := os.MkdirAll(filepath.Join(dir, "data.new", "base"), 0o755); err != nil {
		t.Fatal(err)
	}
	start(t, Options{Dir: dir})
}

func TestSweepRemovesWhatKilledProcessesLeft(t *testing.T) {
	left, err := claimNew()
	if err != nil {
		t.Fatal(err)
	}
	held, err := claimNew()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(held.remove)
	for _, c := range []*claim{left, held} {
		if out, err := exec.Command("touch", "-t", "202601010000", c.dir).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}
	left.release()
	sweep()
	if _, err := os.Stat(left.dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("folder of a dead process: %v", err)
	}
	if _, err := os.Stat(held.dir); err != nil {
		t.Errorf("folder of a live process: %v", err)
	}
}

func TestMissingBinariesSayWhatToInstall(t *testing.T) {
	_, err := Start(t.Context(), Options{Throwaway: true, BinDir: t.TempDir()})
	var missing *MissingError
	if !errors.As(err, &missing) || !strings.Contains(err.Error(), "install") {
		t.Errorf("error: %v", err)
	}
}

func TestUnreachableFolderSaysWhoMustReachIt(t *testing.T) {
	s := &Server{account: account{name: "postgres"}, bin: "/usr/bin", data: "/root/x/data"}
	err := s.explain(fmt.Errorf("fork/exec: %w", os.ErrPermission))
	for _, part := range []string{"user postgres", "/root/x", "choose a folder"} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("%q does not say %q", err, part)
		}
	}
}

func TestVersionOfAFolder(t *testing.T) {
	for dir, want := range map[string]int{
		"/usr/lib/postgresql/15/bin":                              15,
		"/usr/pgsql-17/bin":                                       17,
		"/opt/homebrew/opt/postgresql@9/bin":                      9,
		"/Applications/Postgres.app/Contents/Versions/16/bin":     16,
		"/Applications/Postgres.app/Contents/Versions/latest/bin": 0,
	} {
		if got := version(dir); got != want {
			t.Errorf("version(%s) = %d, want %d", dir, got, want)
		}
	}
}

// dataDir is a folder that another user can reach; t.TempDir is not.
func dataDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/tmp", "pglocal-test-")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o711); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

func start(t *testing.T, o Options) *Server {
	t.Helper()
	server, err := Start(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Stop)
	return server
}

func query(t *testing.T, s *Server, sql string) string {
	t.Helper()
	return ask(t, s.URL("postgres"), sql)
}

// ask returns the one text that the statement gives, if it gives one.
func ask(t *testing.T, databaseURL, sql string) (answer string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), databaseURL)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	results, err := conn.PgConn().Exec(t.Context(), sql).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, result := range results {
		for _, row := range result.Rows {
			answer = string(row[0])
		}
	}
	return answer
}
