package ask

// question gives a statement its meaning.
func (r *Reader) question(s *statement, c Context) Question {
	last := c.followed()
	if last != nil {
		s.concepts["followup"] = true
	}
	q := Question{Period: s.period, Grid: s.grid, Person: s.person, Community: s.community, Topic: s.topic, Street: s.says("street")}
	if s.top != 0 {
		q.Top, q.Place = &s.top, s.place
	}
	r.home(&q, s, c)
	q.Meaning = r.meaning(s, &q)
	if last != nil {
		inherit(&q, s, last)
	}
	settle(&q, s)
	q.Sure = s.sure(q)
	return q
}

// home names the asker's own community, where the text speaks of it.
func (r *Reader) home(q *Question, s *statement, c Context) {
	switch {
	case !s.says("home") || s.community != "":
	case len(c.Home) == 1:
		q.Community = c.Home[0]
	default:
		q.Home = true
	}
}

// meaning is that of the first rule that holds; none where the text leaves out
// what is asked for.
func (r *Reader) meaning(s *statement, q *Question) Meaning {
	for _, rule := range r.book.rules {
		if rule.holds(s.concepts) {
			if rule.topic != "" {
				q.Topic = rule.topic
			}
			if rule.top != 0 {
				q.Top, q.Place = &rule.top, true
			}
			return rule.means
		}
	}
	return ""
}

// settle says whose score is asked for where somebody was named.
func settle(q *Question, s *statement) {
	someone := s.says("grid", "person") || q.Grid != "" || q.Person != ""
	switch {
	case q.Meaning == MyScore && someone:
		q.Meaning = ScoreOfGrid
	case q.Meaning == "":
		q.Meaning = Unknown
	}
	if q.Meaning == RuleLookup && q.Topic == "" {
		q.Topic = topicTotal
	}
	if someone && q.Meaning != Ranking {
		q.Community, q.Home = "", false
	}
}

// sure reports whether the question may be answered as it stands.
func (s *statement) sure(q Question) bool {
	switch {
	case q.Meaning == Unknown, s.unknown, s.open:
		return false
	case s.noSpan && q.Meaning != Trend, !q.Meaning.fits(q.Period):
		return false
	case s.says("mine") && s.says("grid", "person"):
		return false // 我和3号网格: whose?
	}
	return true
}
