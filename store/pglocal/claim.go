package pglocal

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// Socket paths are limited to about 100 bytes, so temporary folders lie directly
// under /tmp, whatever $TMPDIR says.
const tempPattern = "/tmp/gridbot-pg-*"

// claim is a folder that this process has to itself: it holds the lock on the
// file "lock" in it until it ends, however it ends.
type claim struct {
	dir  string
	lock *os.File
}

var errClaimed = errors.New("in use by another running program")

// claimDir makes the folder if need be, and claims it.
func claimDir(dir string) (*claim, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	// Others may pass through: the server may be another user.
	if err := os.MkdirAll(dir, 0o711); err != nil {
		return nil, err
	}
	lock, err := os.OpenFile(filepath.Join(dir, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		lock.Close()
		if errors.Is(err, syscall.EWOULDBLOCK) {
			err = errClaimed
		}
		return nil, fmt.Errorf("folder %s: %w", dir, err)
	}
	return &claim{dir: dir, lock: lock}, nil
}

// claimNew claims a new temporary folder.
func claimNew() (*claim, error) {
	dir, err := os.MkdirTemp(filepath.Split(tempPattern))
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(dir, 0o711); err != nil {
		return nil, err
	}
	return claimDir(dir)
}

func (c *claim) release() { c.lock.Close() }

func (c *claim) remove() {
	_ = os.RemoveAll(c.dir) // what is left is swept by the next start
	c.release()
}

// sweep removes the temporary folders of processes that were killed, and ends
// the servers that survived them. What belongs to other users stays.
func sweep() {
	dirs, _ := filepath.Glob(tempPattern) // the pattern is right
	for _, dir := range dirs {
		info, err := os.Stat(dir)
		if err != nil || time.Since(info.ModTime()) < time.Minute {
			continue // perhaps being made just now
		}
		c, err := claimDir(dir)
		if err != nil {
			continue
		}
		if endFormerServer(filepath.Join(dir, "data")) == nil {
			c.remove()
		} else {
			c.release()
		}
	}
}
