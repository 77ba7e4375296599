package main

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/nanxiashu/gridbot/bot/stage"
	"github.com/nanxiashu/gridbot/cmd/gridbot/sample"
	"github.com/nanxiashu/gridbot/config"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/sheet"
)

// demoStreet is the sample street with a service and a stand-in of the platform.
type demoStreet struct {
	cfg *config.Config
	dir string // keeps what was said
	now func() time.Time
	log *slog.Logger

	service *service
	stage   *stage.Server
}

// demoConfig is the configuration of a service whose platform is the stand-in.
func demoConfig(database, redis, workdays string, page, door net.Addr) (*config.Config, error) {
	cfg, err := config.Load("")
	if err != nil {
		return nil, err
	}
	cfg.DatabaseURL, cfg.RedisURL, cfg.Listen, cfg.Workdays = database, redis, door.String(), workdays
	cfg.Feishu = config.Feishu{
		AppID: "cli_demo", AppSecret: "demo-secret", VerificationToken: "demo-token", EncryptKey: "demo-key",
		BaseURL: "http://" + page.String(),
	}
	return cfg, nil
}

// demoWorkdays writes a file of the years around today whose workdays this
// program does not know, as if they had no holidays: a demo must start whenever
// it is tried. It returns no path where none is missing.
func demoWorkdays(dir string, today calendar.Date) (path string, missing []int, err error) {
	known := calendar.Mainland().Years()
	var years string
	for year := (today.Month() - 2).Year(); year <= (today.Month() + 1).Year(); year++ {
		if !slices.Contains(known, year) {
			missing = append(missing, year)
			years += fmt.Sprintf("%d: {source: Monday to Friday, for the demo only}\n", year)
		}
	}
	if missing == nil {
		return "", nil, nil
	}
	path = filepath.Join(dir, "workdays.yaml")
	return path, missing, os.WriteFile(path, []byte(years), 0o644)
}

// run lets the page and the service work on their listeners until the context
// ends. It calls ready once everybody can be talked to.
func (d *demoStreet) run(ctx context.Context, page, door net.Listener, ready func()) (err error) {
	if d.service, err = newService(ctx, d.cfg, 0, d.now, d.log); err != nil {
		return err
	}
	defer d.service.close()
	if d.stage, err = d.openStage(door.Addr()); err != nil {
		return err
	}
	defer d.stage.Close()
	if err := d.settle(ctx); err != nil {
		return err
	}
	// Nobody else uses the demo's database: what is marked as being worked on
	// belongs to an earlier run that was killed.
	if err := d.service.store.RescueJobs(ctx); err != nil {
		return err
	}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return serveUntil(ctx, page, d.stage.Handler()) })
	group.Go(func() error { return d.service.run(ctx, door) })
	group.Go(func() error {
		if err := d.service.assistant.BindEverybody(ctx, d.now()); err != nil {
			return err
		}
		ready()
		return nil
	})
	return group.Wait()
}

// The chats of the demo.
const (
	demoStreetChat = "oc_demo_street"
	demoNewChat    = "oc_demo_new"
)

func demoCommunityChat(i int) string { return fmt.Sprintf("oc_demo_community_%d", i+1) }

// openStage opens the stand-in with everybody of the street in it.
func (d *demoStreet) openStage(bot net.Addr) (*stage.Server, error) {
	options := stage.Options{
		AppID: d.cfg.Feishu.AppID, AppSecret: d.cfg.Feishu.AppSecret,
		VerificationToken: d.cfg.Feishu.VerificationToken, EncryptKey: d.cfg.Feishu.EncryptKey,
		BotURL: "http://" + bot.String() + "/feishu/events", BotName: "网格小助手",
		Journal: filepath.Join(d.dir, "said.jsonl"), Now: d.now, Log: d.log,
		Buttons: d.clockButtons(),
	}
	members := map[string][]string{} // names by community, "" for everybody
	for _, p := range sample.People() {
		options.People = append(options.People, stage.Person{Name: p.Name, Mobile: p.Mobile, Role: p.Role, Grid: cmp.Or(p.GridName, p.Community)})
		members[""] = append(members[""], p.Name)
		for _, community := range sample.Communities() {
			if p.Community == community || p.Community == "" {
				members[community] = append(members[community], p.Name)
			}
		}
	}
	options.People = append(options.People, stage.Person{Name: "何所思", Mobile: "19900000999", Role: "不在名册"})
	for i, community := range sample.Communities() {
		options.Groups = append(options.Groups,
			stage.Group{ChatID: demoCommunityChat(i), Name: community + "网格群", Members: members[community]})
	}
	options.Groups = append(options.Groups,
		stage.Group{ChatID: demoStreetChat, Name: "街道网格工作群", Members: members[""]},
		stage.Group{ChatID: demoNewChat, Name: "新建的群", Members: members[""], Without: true})
	return stage.New(options)
}

// settle brings the records up to today, and the first time binds the groups.
func (d *demoStreet) settle(ctx context.Context) error {
	grids, err := d.service.store.Grids(ctx)
	if err != nil {
		return err
	}
	if err := d.importSample(ctx); err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	if len(grids) > 0 {
		return nil // an earlier run bound them, or somebody has changed it since
	}
	groups := []store.Group{{ChatID: demoStreetChat, Name: "街道网格工作群"}}
	for i, community := range sample.Communities() {
		groups = append(groups, store.Group{ChatID: demoCommunityChat(i), Name: community + "网格群", Community: community})
	}
	for _, g := range groups {
		g.BoundBy, g.BoundAt = "demo", d.now()
		if err := d.service.store.BindGroup(ctx, g); err != nil {
			return err
		}
	}
	return nil
}

// importSample imports the sheets of this and the last two months up to today,
// as the centre would: the same rows change nothing.
func (d *demoStreet) importSample(ctx context.Context) error {
	dir, err := os.MkdirTemp("", "gridbot-sample-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	today := calendar.DateOf(d.now())
	if err := sample.Write(dir, (today.Month() - 2).First(), today, d.service.workdays); err != nil {
		return err
	}
	book, err := sheet.Open(dir)
	if err != nil {
		return err
	}
	defer book.Close()
	report, err := d.service.store.Import(ctx, book, store.ImportOptions{Now: d.now()})
	if err != nil {
		return err
	}
	return refused(report)
}
