package pglocal

import (
	"bytes"
	"os"
)

// settings returns the server's configuration. A throwaway server gives up
// every promise about power cuts for speed.
func settings(socketDir string, throwaway bool) []string {
	all := []string{
		"listen_addresses=", // the socket only
		"unix_socket_directories=" + socketDir,
		"port=5432", // a part of the socket's name
		"log_checkpoints=off",
		"log_min_messages=warning",
		"jit=off", // compiling costs more than it saves on small tables
	}
	if throwaway {
		all = append(all, "fsync=off", "synchronous_commit=off", "full_page_writes=off",
			"wal_level=minimal", "max_wal_senders=0", "max_connections=200")
	}
	return all
}

// tail returns the last lines of a log file.
func tail(name string) []byte {
	log, err := os.ReadFile(name)
	if err != nil {
		return []byte(err.Error())
	}
	log = bytes.TrimSpace(log)
	if cut := len(log) - 2000; cut > 0 {
		log = log[cut:]
	}
	return log
}
