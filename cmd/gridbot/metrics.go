package main

import (
	"context"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
)

// metrics is GET /metrics of one service: counts only, nothing about anybody.
func (s *service) metrics() http.Handler {
	registry := prometheus.NewRegistry()
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	registry.MustRegister(&jobsCollector{s})
	if s.cache != nil {
		counter := func(name, help string, value func() uint64) {
			registry.MustRegister(prometheus.NewCounterFunc(prometheus.CounterOpts{Name: name, Help: help},
				func() float64 { return float64(value()) }))
		}
		counter("gridbot_cache_hits_total", "Answers found in Redis.", func() uint64 { return s.cache.Stats().Hits })
		counter("gridbot_cache_misses_total", "Answers not found in Redis.", func() uint64 { return s.cache.Stats().Misses })
		counter("gridbot_cache_failures_total", "Calls that Redis did not answer as it should.", func() uint64 { return s.cache.Stats().Failures })
	}
	return promhttp.HandlerFor(registry, promhttp.HandlerOpts{})
}

// jobsCollector counts the durable jobs and today's deliveries in the database:
// what waits, what failed. All replicas report the same figures.
type jobsCollector struct{ s *service }

var (
	jobsDesc = prometheus.NewDesc("gridbot_jobs", "Durable jobs in the database.", []string{"kind", "state"}, nil)
	sentDesc = prometheus.NewDesc("gridbot_deliveries_today", "Deliveries of today by kind and outcome.", []string{"kind", "state"}, nil)
)

// Describe names the two gauges.
func (c *jobsCollector) Describe(descs chan<- *prometheus.Desc) { descs <- jobsDesc; descs <- sentDesc }

// Collect asks the database; when it does not answer the gauges are missing.
func (c *jobsCollector) Collect(metrics chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	jobs, err := c.s.store.JobCounts(ctx)
	c.gauges(metrics, jobsDesc, jobs, err)
	deliveries, err := c.s.store.DeliveryCounts(ctx, calendar.DateOf(c.s.now()))
	c.gauges(metrics, sentDesc, deliveries, err)
}

func (c *jobsCollector) gauges(metrics chan<- prometheus.Metric, desc *prometheus.Desc, counts []store.Count, err error) {
	if err != nil {
		c.s.log.Warn("metrics: count work", "error", err)
	}
	for _, n := range counts {
		metrics <- prometheus.MustNewConstMetric(desc, prometheus.GaugeValue, float64(n.N), n.Kind, n.State)
	}
}
