package pglocal

import (
	"errors"
	"fmt"
	"os"
	"os/user"
	"path/filepath"
	"runtime"
	"strconv"
	"syscall"
)

// account is the user who runs the server.
type account struct {
	name     string
	uid, gid uint32
	other    bool // not who we are
}

// serverAccount returns ourselves or, as root, whom Postgres agrees to run as.
func serverAccount() (account, error) {
	if os.Geteuid() != 0 {
		return account{}, nil
	}
	for _, name := range []string{"postgres", "_postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, uidErr := strconv.ParseUint(u.Uid, 10, 32)
		gid, gidErr := strconv.ParseUint(u.Gid, 10, 32)
		if err := errors.Join(uidErr, gidErr); err != nil {
			return account{}, fmt.Errorf("user %s: %w", name, err)
		}
		return account{name: name, uid: uint32(uid), gid: uint32(gid), other: true}, nil
	}
	return account{}, errors.New("as root the server needs another user to run as, and there is neither postgres nor nobody")
}

func (a account) credential() *syscall.Credential {
	if !a.other {
		return nil
	}
	return &syscall.Credential{Uid: a.uid, Gid: a.gid}
}

// makeDir makes a folder that only the account can enter: whoever reaches the
// socket is the database's superuser.
func (a account) makeDir(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	if !a.other {
		return nil
	}
	return os.Chown(dir, int(a.uid), int(a.gid))
}

// DefaultDir is where a server keeps its data when nobody says otherwise: the
// user's own data folder, or as root one that the server's other user can reach.
func DefaultDir() string {
	home, err := os.UserHomeDir()
	switch {
	case os.Geteuid() == 0 && runtime.GOOS == "linux":
		return "/var/lib/gridbot"
	case os.Geteuid() == 0 || err != nil:
		return filepath.Join("/var/tmp", "gridbot-"+strconv.Itoa(os.Geteuid()))
	case runtime.GOOS == "darwin":
		return filepath.Join(home, "Library", "Application Support", "gridbot")
	}
	if data := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(data) {
		return filepath.Join(data, "gridbot")
	}
	return filepath.Join(home, ".local", "share", "gridbot")
}
