package stage

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/nanxiashu/gridbot/bot/stage/cardcheck"
)

// Largest requests: text, and cards and posts (im/v1/message/create).
const (
	maxText = 150 << 10
	maxCard = 30 << 10
	maxUUID = 50 // characters
)

// outgoing is the body of a create or reply request.
type outgoing struct {
	ReceiveID string  `json:"receive_id"`
	Type      string  `json:"msg_type"`
	Content   *string `json:"content"`
	UUID      string  `json:"uuid"`
}

// create sends a message to a person or group (im/v1/message/create).
func (s *Server) create(r *http.Request, body []byte) (map[string]any, *refusal) {
	var out outgoing
	if refused := readOutgoing(body, &out); refused != nil {
		return nil, refused
	}
	to, refused := s.receiver(r.URL.Query().Get("receive_id_type"), out.ReceiveID)
	if refused != nil {
		return nil, refused
	}
	return s.send(r, to, out, len(body), nil)
}

// reply answers a message (im/v1/message/reply).
func (s *Server) reply(r *http.Request, body []byte) (map[string]any, *refusal) {
	var out outgoing
	if refused := readOutgoing(body, &out); refused != nil {
		return nil, refused
	}
	parent, refused := s.living(r.PathValue("id"))
	if refused != nil {
		return nil, refused
	}
	return s.send(r, s.memory.chat(parent.ChatID), out, len(body), parent)
}

func readOutgoing(body []byte, out *outgoing) *refusal {
	switch err := json.Unmarshal(body, out); {
	case err != nil:
		return invalidParam("request body is not the expected JSON; content must be a string")
	case out.Content == nil:
		return invalidParam("content is missing")
	case utf8.RuneCountInString(out.UUID) > maxUUID:
		return invalidParam("uuid is longer than 50")
	}
	return nil
}

// receiver finds the chat a message goes to.
func (s *Server) receiver(idType, id string) (*chat, *refusal) {
	switch idType {
	case "chat_id":
		if c := s.memory.chat(id); c != nil {
			return c, nil
		}
		return nil, invalidParam("invalid receive_id")
	case "open_id", "union_id", "user_id":
		p := s.memory.personBy(idType, id)
		if p == nil {
			return nil, unknownPerson(idType, id)
		}
		return s.memory.privateChat(p), nil
	}
	return nil, invalidParam("invalid receive_id_type")
}

func unknownPerson(idType, id string) *refusal {
	if idType == "open_id" && !strings.HasPrefix(id, "ou_") {
		return invalidParam("invalid receive_id")
	}
	return refuse(codeUnknownID, "The request you send is not a valid {%s} or not exists, example value: ou_…", idType)
}

func (m *memory) personBy(idType, id string) *Person {
	return m.find(func(p *Person) bool {
		unionID, userID := otherIDs(p.OpenID)
		return id == map[string]string{"open_id": p.OpenID, "union_id": unionID, "user_id": userID}[idType]
	})
}

// send checks a message as the platform does, remembers it, and shows it.
func (s *Server) send(r *http.Request, to *chat, out outgoing, size int, parent *Message) (map[string]any, *refusal) {
	note(r, to.ID, out.Type)
	if refused := s.mayWrite(to); refused != nil {
		return nil, refused
	}
	if refused := s.checkContent(out.Type, *out.Content, size); refused != nil {
		return nil, refused
	}
	now := s.opts.Now()
	if before := s.memory.sent(out.UUID, now); before != nil {
		note(r, to.ID, "repeated uuid")
		return s.shown(before), nil
	}
	if refused := s.limits.receiver("to " + to.ID); refused != nil {
		return nil, refused
	}
	m := &Message{
		ID: newID("om_"), ChatID: to.ID, Type: out.Type, Content: *out.Content, UUID: out.UUID,
		Sender: s.opts.AppID, FromBot: true, CreatedAt: now, UpdatedAt: now,
	}
	if parent != nil {
		m.ParentID, m.RootID = parent.ID, parent.ID
		if parent.RootID != "" {
			m.RootID = parent.RootID
		}
	}
	if refused := s.remember(m); refused != nil {
		return nil, refused
	}
	return s.shown(m), nil
}

func (s *Server) shown(m *Message) map[string]any {
	return map[string]any{"msg": "success", "data": m.wire(s.opts.AppID)}
}

// mayWrite is about the receiver: membership, availability, the person's own settings.
func (s *Server) mayWrite(c *chat) *refusal {
	switch {
	case c.Dissolved:
		return refuse(codeChatDissolved, "The chat has been dissolved.")
	case !c.BotInside:
		return refuse(codeBotNotInside, "The bot can not be outside the group.")
	case !c.Private:
		return nil
	}
	switch p := s.memory.person(c.Members[0]); {
	case p.Outside, p.Resigned:
		return refuse(codeUnavailable, "Bot has NO availability to this user.")
	case p.Muted:
		return refuse(codeMutedBot, "The user has stopped the bot from sending messages.")
	}
	return nil
}

func (s *Server) checkContent(msgType, content string, size int) *refusal {
	limit := maxCard
	if msgType == "text" {
		limit = maxText
	}
	if size > limit {
		return refuse(codeTooLong, "The length of the message content reaches its limit.")
	}
	switch msgType {
	case "interactive":
		return s.checkCard(content)
	case "text":
		var text struct{ Text string }
		if json.Unmarshal([]byte(content), &text) != nil || text.Text == "" {
			return invalidParam("invalid content: text is missing")
		}
	case "post":
		return checkPost(content)
	case "image", "file":
		return s.checkUpload(msgType, content)
	default:
		return invalidParam("invalid msg_type")
	}
	return nil
}

func (s *Server) checkCard(content string) *refusal {
	if wrong := cardcheck.Check([]byte(content), s.directory()); wrong != nil {
		return refuse(codeCardRefused, "Failed to create card content, ext=%s", wrong)
	}
	return nil
}

// checkPost wants paragraphs of nodes under a language (msg-json, post).
func checkPost(content string) *refusal {
	var post map[string]struct {
		Content [][]struct{ Tag string }
	}
	if json.Unmarshal([]byte(content), &post) != nil || len(post) == 0 {
		return invalidParam("invalid content: post")
	}
	tags := []string{"text", "a", "at", "img", "media", "emotion", "code_block", "hr", "md"}
	for _, language := range post {
		for _, paragraph := range language.Content {
			for _, node := range paragraph {
				if !slices.Contains(tags, node.Tag) {
					return invalidParam("invalid content: unknown tag in post")
				}
			}
		}
	}
	return nil
}

// living finds a message that can still be answered or changed.
func (s *Server) living(id string) (*Message, *refusal) {
	m := s.memory.messages[id]
	switch {
	case m == nil:
		return nil, invalidParam("invalid message_id")
	case m.Recalled:
		return nil, refuse(codeRecalled, "The message was withdrawn.")
	}
	return m, nil
}

// remember journals a message, keeps it, and tells pages and waiting tests. The
// journal comes first: what was answered with success is never forgotten.
func (s *Server) remember(m *Message) *refusal {
	if err := s.write(entry{Message: m}); err != nil {
		s.opts.Log.Error("stage: journal", "error", err)
		return &refusal{status: http.StatusInternalServerError, code: 1500, msg: "internal error"}
	}
	s.memory.put(m)
	s.announce(m)
	return nil
}
