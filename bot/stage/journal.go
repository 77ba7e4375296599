package stage

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"
)

// entry is one line of the journal: exactly one member is set. A later entry
// about the same thing replaces the earlier one.
type entry struct {
	Message *Message `json:"message,omitempty"` // said, changed or recalled; carries its uuid
	Chat    *chat    `json:"chat,omitempty"`    // made, joined, left or dissolved
	Event   *event   `json:"event,omitempty"`   // to be pushed to the bot
	Taken   string   `json:"taken,omitempty"`   // id of an event the bot took, or never did
}

// journal is an append-only file of JSON lines.
type journal struct{ file *os.File }

// openJournal replays a journal and opens it for appending. A last line cut short
// by a kill was never answered, so it is dropped.
func openJournal(path string, replay func(entry) error) (*journal, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	whole, err := replayLines(file, replay)
	if err == nil {
		err = file.Truncate(whole)
	}
	if err == nil {
		_, err = file.Seek(whole, io.SeekStart)
	}
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return &journal{file}, nil
}

// replayLines returns where the last complete line ends.
func replayLines(file io.Reader, replay func(entry) error) (whole int64, err error) {
	lines := bufio.NewReader(file)
	for n := 1; ; n++ {
		line, err := lines.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return whole, nil
		}
		if err != nil {
			return 0, err
		}
		var e entry
		if err := json.Unmarshal(line, &e); err != nil {
			return 0, fmt.Errorf("line %d: %w", n, err)
		}
		if err := replay(e); err != nil {
			return 0, fmt.Errorf("line %d: %w", n, err)
		}
		whole += int64(len(line))
	}
}

// append writes one line in a single write, so that a killed process leaves whole
// lines behind it.
func (j *journal) append(e entry) error {
	line, err := json.Marshal(e)
	if err != nil {
		return err
	}
	_, err = j.file.Write(append(line, '\n'))
	return err
}

func (j *journal) close() error { return j.file.Close() }

// errClosed keeps a closed stand-in from promising what it would not remember.
var errClosed = errors.New("the stand-in is closed")

// write appends to the journal, if there is one. Needs s.mu.
func (s *Server) write(e entry) error {
	switch {
	case s.ctx.Err() != nil:
		return errClosed
	case s.journal == nil:
		return nil
	}
	return s.journal.append(e)
}

// replay takes one entry of the journal back into memory.
func (s *Server) replay(e entry) error {
	switch {
	case e.Chat != nil:
		s.memory.putChat(e.Chat)
	case e.Message != nil:
		s.replayMessage(e.Message)
	case e.Event != nil:
		s.pending[e.Event.ID] = e.Event
	case e.Taken != "":
		delete(s.pending, e.Taken)
	default:
		return errors.New("an entry of nothing")
	}
	return nil
}

// replayMessage restores the message and the private chat it may have been the
// first of; messages of groups that are no longer given are dropped.
func (s *Server) replayMessage(m *Message) {
	for _, p := range s.memory.people {
		if m.ChatID == chatIDOf("p2p:"+p.OpenID) {
			s.memory.privateChat(p)
		}
	}
	if s.memory.chat(m.ChatID) != nil {
		s.memory.put(m)
	}
}

// putChat replaces what is known of a chat, keeping its messages.
func (m *memory) putChat(c *chat) {
	known := m.chat(c.ID)
	if known == nil {
		m.add(c)
		return
	}
	c.messages = known.messages
	*known = *c
}

// resume takes up the redelivery of events left over from the last run: the bot
// may have been away for as long as we were.
func (s *Server) resume() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, ev := range s.pending {
		ev.Due = s.opts.Now().Add(min(time.Second, s.opts.Timeout))
	}
	s.wake()
}
