package pglocal

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
)

// MissingError says that no Postgres is installed where it was looked for, and
// what to do about it.
type MissingError struct{ Looked []string }

func (e *MissingError) Error() string {
	how := "install it with your system's package manager (PostgreSQL 15 or newer)"
	switch runtime.GOOS {
	case "linux":
		how = "run: sudo apt-get install -y --no-install-recommends postgresql (or: .tools/install postgres)"
	case "darwin":
		how = "run: brew install postgresql@15"
	}
	return "pglocal: no Postgres (initdb and postgres) found; " + how + "\nlooked in: " + strings.Join(e.Looked, ", ")
}

// findBinaries returns the folder that holds initdb and postgres: the given one,
// or the first of the usual places.
func findBinaries(given string) (string, error) {
	places := []string{given}
	if given == "" {
		places = usualPlaces()
	}
	for _, dir := range places {
		if isProgram(filepath.Join(dir, "initdb")) && isProgram(filepath.Join(dir, "postgres")) {
			return dir, nil
		}
	}
	return "", &MissingError{Looked: places}
}

func usualPlaces() []string {
	var places []string
	if out, err := exec.Command("pg_config", "--bindir").Output(); err == nil {
		places = append(places, strings.TrimSpace(string(out)))
	}
	for _, pattern := range []string{
		"/usr/lib/postgresql/*/bin", // Debian
		"/usr/pgsql-*/bin",          // the Postgres project's own packages
		"/opt/homebrew/opt/postgresql@*/bin",
		"/usr/local/opt/postgresql@*/bin",
		"/Applications/Postgres.app/Contents/Versions/*/bin",
	} {
		places = append(places, newestFirst(pattern)...)
	}
	return append(places, filepath.SplitList(os.Getenv("PATH"))...)
}

// newestFirst returns the folders that match, the highest version first.
func newestFirst(pattern string) []string {
	dirs, _ := filepath.Glob(pattern) // the patterns are right
	slices.SortFunc(dirs, func(a, b string) int { return version(b) - version(a) })
	return dirs
}

// version returns the number in the name of a folder like …/postgresql@15/bin,
// or 0.
func version(binDir string) int {
	name := filepath.Base(filepath.Dir(binDir))
	n, _ := strconv.Atoi(name[strings.LastIndexAny(name, "@-")+1:])
	return n
}

func isProgram(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode().IsRegular() && info.Mode()&0o111 != 0
}
