package main

import (
	"bufio"
	"context"
	"encoding/json"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/nanxiashu/gridbot/bot/stage"
	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/pglocal/pgtest"
	"github.com/nanxiashu/gridbot/store/seal/sealtest"
)

// A service that is told to stop lets the message on its way arrive, takes no
// further event, and ends in good time. The next one finds nothing left over.
func TestStoppedWhileSending(t *testing.T) {
	s := openStopScene(t)
	if _, err := s.stage.User("张三").Say(t.Context(), "帮助"); err != nil {
		t.Fatal(err)
	}
	<-s.sending
	began := time.Now()
	if err := s.served.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	s.untilTheDoorIsShut()
	close(s.answer)
	if err := s.served.Wait(); err != nil {
		t.Errorf("after SIGTERM: %v", err)
	}
	if took := time.Since(began); took > stopWithin {
		t.Errorf("it took %s to stop", took)
	}
	if n := len(s.stage.Sent(s.stage.User("张三").Chat())); n != 1 {
		t.Errorf("%d answers arrived", n)
	}
	var left int
	err := s.pool.QueryRow(t.Context(), `select count(*) from river_job where queue <> 'ticks' and state <> 'completed'`).Scan(&left)
	if err != nil || left != 0 {
		t.Errorf("%d jobs are left over; %v", left, err)
	}
}

// stopScene is a process of serve, before a platform that is slow to answer.
type stopScene struct {
	t       *testing.T
	stage   *stage.Server
	served  *exec.Cmd
	door    string
	pool    *pgxpool.Pool
	sending chan struct{} // closed when the first message has reached the platform
	answer  chan struct{} // closed when the platform may answer
}

func openStopScene(t *testing.T) *stopScene {
	s := &stopScene{t: t, sending: make(chan struct{}), answer: make(chan struct{})}
	database := pgtest.Database(t, store.Migrate)
	var err error
	if s.pool, err = pgxpool.New(t.Context(), database); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.pool.Close)
	s.stage, err = stage.New(stage.Options{
		AppID: "cli_stop", AppSecret: "secret", VerificationToken: "token", EncryptKey: "key",
		People: []stage.Person{{Name: "张三", OpenID: "ou_zhang"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.stage.Close() })
	platform := httptest.NewServer(http.HandlerFunc(s.platform))
	t.Cleanup(platform.Close)
	s.serve(database, platform.URL)
	s.stage.SetBotURL("http://" + s.door + "/feishu/events")
	return s
}

// platform does what it is asked at once, and answers the first message late.
func (s *stopScene) platform(w http.ResponseWriter, r *http.Request) {
	if !strings.HasPrefix(r.URL.Path, "/open-apis/im/v1/messages") {
		s.stage.Handler().ServeHTTP(w, r)
		return
	}
	answer := httptest.NewRecorder()
	s.stage.Handler().ServeHTTP(answer, r)
	select {
	case <-s.sending:
	default:
		close(s.sending)
	}
	<-s.answer
	for name, values := range answer.Header() {
		w.Header()[name] = values
	}
	w.WriteHeader(answer.Code)
	w.Write(answer.Body.Bytes())
}

// serve starts the process and waits until it says where it listens.
func (s *stopScene) serve(database, platform string) {
	s.t.Helper()
	s.served = exec.Command("gridbot", "serve")
	s.served.Env = append(os.Environ(),
		"GRIDBOT_DATABASE_URL="+database, "GRIDBOT_LISTEN=127.0.0.1:0", "GRIDBOT_FEISHU_BASE_URL="+platform,
		"GRIDBOT_FEISHU_APP_ID=cli_stop", "GRIDBOT_FEISHU_APP_SECRET=secret", "GRIDBOT_FEISHU_VERIFICATION_TOKEN=token",
		"GRIDBOT_FEISHU_ENCRYPT_KEY=key", "GRIDBOT_PERSONAL_KEYS="+sealtest.KeyText)
	said, err := s.served.StderrPipe()
	if err != nil {
		s.t.Fatal(err)
	}
	if err := s.served.Start(); err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { _ = s.served.Process.Kill() }) // it has ended by itself: fine
	lines := bufio.NewScanner(said)
	for s.door == "" && lines.Scan() {
		var line struct{ Msg, Address string }
		if json.Unmarshal(lines.Bytes(), &line) == nil && line.Msg == "serving" {
			s.door = line.Address
		}
	}
	if s.door == "" {
		s.t.Fatal("it does not serve")
	}
	go func() {
		for lines.Scan() { // or it would wait for somebody to read
		}
	}()
}

func (s *stopScene) untilTheDoorIsShut() {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.t.Context(), stopWithin)
	defer cancel()
	for {
		conn, err := new(net.Dialer).DialContext(ctx, "tcp", s.door)
		if err != nil && ctx.Err() == nil {
			return
		}
		if err != nil {
			s.t.Fatal("events are still taken")
		}
		conn.Close()
	}
}
