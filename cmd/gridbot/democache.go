package main

import (
	"fmt"
	"time"

	"github.com/alicebob/miniredis/v2"
)

// demoCache is a cache within the demo's own process.
type demoCache struct {
	server *miniredis.Miniredis
	ended  chan struct{}
}

func startDemoCache() (*demoCache, error) {
	server := miniredis.NewMiniRedis()
	if err := server.Start(); err != nil {
		return nil, fmt.Errorf("demo: cache: %w", err)
	}
	c := &demoCache{server: server, ended: make(chan struct{})}
	go c.age()
	return c, nil
}

// age lets what is cached expire: the in-process cache's time stands still
// unless it is told that it passes.
func (c *demoCache) age() {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			c.server.FastForward(time.Second)
		case <-c.ended:
			return
		}
	}
}

func (c *demoCache) url() string { return "redis://" + c.server.Addr() }

func (c *demoCache) stop() {
	close(c.ended)
	c.server.Close()
}
