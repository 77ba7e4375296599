package feishu

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/nanxiashu/gridbot/bot"
	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/bot/stage"
)

func TestBothWaysInBringTheSameEvents(t *testing.T) {
	lived := func(s *scene) []bot.Event {
		zhang := s.stage.User("张三")
		for _, act := range []func() error{
			func() error { _, err := zhang.Say(t.Context(), "我的本月分数"); return err },
			func() error { _, err := zhang.SayIn(t.Context(), "oc_hy", "替 @李四 查", true); return err },
			func() error { _, err := zhang.Send("image", map[string]string{"image_key": "img_1"}); return err },
			func() error { return zhang.Menu("my_score") },
			zhang.Enter,
			func() error { return zhang.AddBot("oc_hy") },
			func() error { return zhang.RemoveBot("oc_hy") },
			func() error { return zhang.Dissolve("oc_hy") },
			zhang.Leave,
		} {
			if err := act(); err != nil {
				t.Fatal(err)
			}
		}
		return s.inbox.events()
	}
	posted := newScene(t)
	posted.listen()
	called := newScene(t)
	called.connect(1)

	want, got := lived(posted), lived(called)
	kinds := map[bot.EventKind]bool{}
	for _, event := range want {
		kinds[event.Kind] = true
	}
	if len(kinds) != 6 || len(want) != 9 {
		t.Fatalf("%d events of %d kinds came by webhook: not everything is compared", len(want), len(kinds))
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(bot.Event{}, "ID", "MessageID")); diff != "" {
		t.Error(diff)
	}
	for _, event := range got {
		if event.ID == "" || event.Kind == bot.MessageReceived && event.MessageID == "" {
			t.Errorf("without its ids: %+v", event)
		}
	}
}

func TestAPressOverTheLongConnectionIsAnswered(t *testing.T) {
	s := newScene(t)
	var question string
	for name, c := range map[string]struct {
		press presser
		want  stage.Outcome
		shown string
	}{
		"with a card and a toast": {func(_ context.Context, press bot.Press) (bot.PressAnswer, error) {
			if press.Value["do"] != "details" || press.OpenID != "ou_zhang" || press.MessageID != question {
				t.Errorf("pressed: %+v", press)
			}
			shown := card.Card{Title: "明细 <96 分>"}
			return bot.PressAnswer{Toast: "已更新", ToastKind: bot.ToastSuccess, Card: &shown}, nil
		}, stage.Outcome{Toast: "已更新", Kind: "success", Updated: true}, "明细 "},
		"with nothing": {nobodyPresses, stage.Outcome{}, "看明细"},
		"though it went wrong": {func(context.Context, bot.Press) (bot.PressAnswer, error) {
			panic("no rows")
		}, stage.Outcome{Toast: tryAgain, Kind: "warning"}, "看明细"},
	} {
		t.Run(name, func(t *testing.T) {
			s.presser, question = c.press, s.sendCard(name)
			stop := s.connect(1)
			defer stop()
			got, err := s.stage.User("张三").Press(t.Context(), question, "details")
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
			messages := s.stage.Sent(s.stage.User("张三").Chat())
			if last := messages[len(messages)-1]; !strings.Contains(last.Content, c.shown) {
				t.Errorf("shown: %s", last.Content)
			}
		})
	}
}

func TestABrokenConnectionIsOpenedAgain(t *testing.T) {
	s := newScene(t)
	s.connect(1)
	s.shut()
	s.stage.CutLongConnections()
	s.awaitConnections(0)
	if _, err := s.stage.User("张三").Say(t.Context(), "还差什么"); err != nil {
		t.Fatal(err)
	}
	if taken := s.inbox.events(); len(taken) != 0 {
		t.Fatalf("taken without a connection: %v", taken)
	}
	s.reopen()
	s.awaitConnections(1)
	s.redeliver()
	if taken := s.inbox.events(); len(taken) != 1 || taken[0].Text != "还差什么" {
		t.Errorf("taken once connected again: %+v", taken)
	}
}

func TestWhatWasNotKeptIsSentAgain(t *testing.T) {
	for name, fail := range map[string]func(*scene) error{
		"the inbox is full":             func(*scene) error { return errors.New("database gone") },
		"the inbox panics":              func(*scene) error { panic("nil map") },
		"the answer is lost on its way": func(s *scene) error { s.stage.CutLongConnections(); return nil },
	} {
		t.Run(name, func(t *testing.T) {
			s := newScene(t)
			tries := 0
			s.inbox.take = func(context.Context) error {
				if tries++; tries == 1 {
					return fail(s)
				}
				return nil
			}
			s.connect(1)
			if _, err := s.stage.User("张三").Say(t.Context(), "还差什么"); err != nil {
				t.Fatal(err)
			}
			s.awaitConnections(1)
			s.redeliver()
			taken := s.inbox.events()
			if tries != 2 || len(taken) == 0 || taken[len(taken)-1].Text != "还差什么" {
				t.Errorf("after %d tries taken: %+v", tries, taken)
			}
			s.redeliver()
			if tries != 2 {
				t.Error("sent again though it was kept")
			}
		})
	}
}

func TestEachEventGoesToOneOfTwoReplicas(t *testing.T) {
	s := newScene(t)
	s.connect(2)
	const said = 64 // all of them to one replica: once in 2^63 runs
	for range said {
		if err := s.stage.User("张三").Menu("my_score"); err != nil {
			t.Fatal(err)
		}
	}
	ids := map[string]bool{}
	for _, event := range s.inbox.events() {
		ids[event.ID] = true
	}
	if taken := len(s.inbox.events()); taken != said || len(ids) != said {
		t.Errorf("%d events were taken %d times", len(ids), taken)
	}
	if replicas := s.inbox.by; len(replicas) != 2 {
		t.Errorf("taken by %v", replicas)
	}
}

func TestAWrongSecretEndsIt(t *testing.T) {
	s := newScene(t)
	s.config.AppSecret = "guessed-secret"
	err := s.replica(0).Run(t.Context())
	if err == nil || !strings.Contains(err.Error(), "1000040346") || strings.Contains(err.Error(), "guessed") {
		t.Errorf("got %v", err)
	}
}

func TestAnotherAppsFramesAreRefused(t *testing.T) {
	var log bytes.Buffer
	s := newScene(t)
	s.log = slog.New(slog.NewTextHandler(&log, nil))
	s.stage.TwistNext(1, stage.Twist{WrongToken: true})
	stop := s.connect(1)
	if err := s.stage.User("张三").Menu("my_score"); err != nil {
		t.Fatal(err)
	}
	if pushes := s.stage.Pushes(); len(s.inbox.events()) != 0 || pushes[0].Status != 500 {
		t.Errorf("a wrong token: taken %v, pushed %+v", s.inbox.events(), pushes)
	}
	stop()
	if told := log.String(); strings.Count(told, "not accepted") != 1 || strings.Contains(told, "failed, message_type") {
		t.Errorf("not told in one line:\n%s", told)
	}
	elsewhere := notified(menuPressed, `{"event_key":"my_score"}`)
	elsewhere = strings.Replace(elsewhere, "cli_gridbot", "cli_other", 1)
	if _, err := s.replica(0).receive(t.Context(), []byte(elsewhere)); err == nil {
		t.Error("another app's event is taken")
	}
}

func TestLogsDoNotTellWhatPeopleWrote(t *testing.T) {
	const secret = "13800000001"
	var log bytes.Buffer
	s := newScene(t)
	s.log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	s.inbox.take = func(context.Context) error { return errors.New("database gone") }
	s.presser = func(context.Context, bot.Press) (bot.PressAnswer, error) {
		return bot.PressAnswer{}, errors.New("no rows")
	}
	question := s.sendCard("card-1")
	stop := s.connect(1)
	zhang := s.stage.User("张三")
	if _, err := zhang.Say(t.Context(), "打给 "+secret); err != nil {
		t.Fatal(err)
	}
	for _, value := range []any{map[string]any{"call": secret}, 13800000001, secret} {
		if _, err := zhang.Forge(t.Context(), question, map[string]any{"tag": "button", "value": value}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.stage.Emit("im.message.reaction.created_v1", map[string]string{"phone": secret}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.stage.Emit(messageReceived, []string{secret}); err != nil {
		t.Fatal(err)
	}
	stop()
	text := log.String()
	for _, leak := range []string{secret, "s3cret", "打给"} {
		if strings.Contains(text, leak) {
			t.Errorf("%q is in the log:\n%s", leak, text)
		}
	}
	for _, told := range []string{"connected to", "database gone", "no rows", "reaction.created_v1, not found handler"} {
		if !strings.Contains(text, told) {
			t.Errorf("%q is not in the log:\n%s", told, text)
		}
	}
}
