//go:build !linux

package pglocal

import "syscall"

// bindToParent cannot make the system end the process with us here: whoever
// starts a server must stop it. One that survives a kill is ended by the next
// start on the same data.
func bindToParent(attr *syscall.SysProcAttr) {
	attr.Setpgid = true // Ctrl-C is for us: we end the server last
}
