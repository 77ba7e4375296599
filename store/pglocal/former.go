package pglocal

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// endFormerServer clears the way for a new server on the data: whoever started
// the former one is gone (we hold the claim), but it may still be running or
// ending, or have left its pid file behind when the machine went down.
func endFormerServer(data string) error {
	pidFile := filepath.Join(data, "postmaster.pid")
	content, err := os.ReadFile(pidFile)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	} else if err != nil {
		return err
	}
	first, _, _ := strings.Cut(string(content), "\n")
	pid, err := strconv.Atoi(strings.TrimSpace(first))
	if err != nil || !serves(pid, data) {
		// Postgres itself would refuse to start if the number now is that of
		// any other program of the user.
		return os.Remove(pidFile)
	}
	for deadline := time.Now().Add(stopLimit); time.Now().Before(deadline); {
		if err := syscall.Kill(pid, syscall.SIGINT); err != nil && !errors.Is(err, syscall.ESRCH) {
			return fmt.Errorf("stop the database server of a former run (process %d): %w", pid, err)
		}
		time.Sleep(50 * time.Millisecond)
		if !serves(pid, data) {
			return nil
		}
	}
	return fmt.Errorf("the database server of a former run (process %d) does not stop; end it with: kill -QUIT %d", pid, pid)
}

// serves reports whether the process is a Postgres server on the data.
func serves(pid int, data string) bool {
	args, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
	if err != nil { // no Linux, or no such process
		args, err = exec.Command("ps", "-ww", "-o", "args=", "-p", strconv.Itoa(pid)).Output()
	}
	return err == nil && bytes.Contains(args, []byte("postgres")) && bytes.Contains(args, []byte(data))
}
