package feishu

import (
	"context"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"github.com/nanxiashu/gridbot/bot"
)

func TestItStopsAndLeavesNothingRunning(t *testing.T) {
	for name, during := range map[string]func(*scene){
		"while connected":         func(*scene) {},
		"while connecting again":  func(s *scene) { s.shut(); s.stage.CutLongConnections(); s.awaitConnections(0) },
		"while an event is taken": (*scene).takeForEver,
	} {
		t.Run(name, func(t *testing.T) {
			s := newScene(t)
			before := goleak.IgnoreCurrent()
			stop := s.connect(1)
			during(s)
			stop()
			goleak.VerifyNone(t, before, sdkCache)
		})
	}
}

func TestAPressUnderWayIsAnsweredBeforeItStops(t *testing.T) {
	s := newScene(t)
	question := s.sendCard("华阳")
	pressed, stopped := make(chan struct{}), make(chan struct{})
	s.presser = func(ctx context.Context, press bot.Press) (bot.PressAnswer, error) {
		if press.Value["do"] == "details" {
			close(pressed)
			<-stopped
		}
		return bot.PressAnswer{Toast: "设置好了"}, ctx.Err()
	}
	ctx, stop := context.WithCancel(t.Context())
	var running sync.WaitGroup
	running.Go(func() {
		if err := s.replica(0).Run(ctx); err != nil {
			t.Error(err)
		}
	})
	s.awaitConnections(1)
	running.Go(func() {
		defer close(stopped)
		<-pressed
		stop()
		// From some moment on those who come later are asked to try again: another
		// replica takes it then.
		for {
			got, err := s.stage.User("张三").Forge(t.Context(), question, map[string]any{"value": map[string]any{"do": "later"}})
			if err != nil || got.Toast != "设置好了" {
				if got.Toast != tryAgain {
					t.Errorf("who pressed later saw %+v, %v", got, err)
				}
				return
			}
		}
	})
	got, err := s.stage.User("张三").Press(t.Context(), question, "details")
	if err != nil || got.Toast != "设置好了" {
		t.Errorf("the presser saw %+v, %v", got, err)
	}
	running.Wait()
	s.awaitConnections(0)
}
