package main

import (
	"context"
	"fmt"
	"io"
	"os/user"
	"path/filepath"

	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
)

// loggedImports is how many imports --log lists.
const loggedImports = 20

// log lists the last imports.
func (c *importCommand) log(ctx context.Context, g *globals) error {
	house, err := openHouse(ctx, g)
	if err != nil {
		return err
	}
	defer house.close()
	imports, err := house.store.Imports(ctx, loggedImports)
	if err != nil {
		return err
	}
	for _, i := range imports {
		printImport(g.out, i)
	}
	return nil
}

func printImport(w io.Writer, i store.ImportRecord) {
	fmt.Fprintf(w, "第 %d 次导入，%s，%s\n", i.ID, i.At.In(calendar.Shanghai).Format("2006-01-02 15:04:05"), orUnknown(i.By))
	for _, f := range i.Files {
		fmt.Fprintf(w, "  文件 %s  SHA-256 %s\n", filepath.Base(f.Path), f.SHA256)
	}
	for _, s := range i.Sheets {
		if s.Bad > 0 {
			fmt.Fprintf(w, "  %s：有 %d 处要改，没有存入\n", s.Sheet, s.Bad)
			continue
		}
		fmt.Fprintf(w, "  %s：新增 %d，更新 %d，未变 %d，作废 %d", s.Sheet, s.New, s.Changed, s.Same, s.Withdrawn)
		if !s.Through.IsZero() {
			fmt.Fprintf(w, "，完整到 %s", s.Through)
		}
		fmt.Fprintln(w)
	}
}

func orUnknown(by string) string {
	if by == "" {
		return "不知道是谁"
	}
	return by
}

// whoami is the user of this machine, as an import is recorded.
func whoami() string {
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return ""
}
