package store

// rounds are what is asked of the database for every question, by many at once.
type rounds struct {
	events  together[Event, int64]
	endings together[JobEnding, struct{}]

	askers together[string, Asker]
	facts  together[gridMonth, gridFacts]
}

func newRounds(s *Store) *rounds {
	return &rounds{
		events:  together[Event, int64]{do: s.takeEvents},
		endings: together[JobEnding, struct{}]{do: s.endJobs},

		askers: together[string, Asker]{do: s.askersByOpenID},
		facts:  together[gridMonth, gridFacts]{do: s.factsOfGrids},
	}
}
