package pglocal

import "syscall"

// bindToParent makes the kernel end the process when we end, even by kill -9.
func bindToParent(attr *syscall.SysProcAttr) {
	attr.Pdeathsig = syscall.SIGQUIT
	attr.Setpgid = true // Ctrl-C is for us: we end the server last
}
