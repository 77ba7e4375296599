package stage

import (
	"net/http"
	"slices"
	"strconv"
)

// lookup finds people by mobile (contact/v3/user/batch_get_id): one item for every
// number asked, without user_id when nobody visible has it.
func (s *Server) lookup(r *http.Request, body []byte) (map[string]any, *refusal) {
	var ask struct {
		Mobiles         []string
		Emails          []string
		IncludeResigned bool `json:"include_resigned"`
	}
	if refused := decode(body, &ask); refused != nil {
		return nil, refused
	}
	if len(ask.Mobiles) > 50 || len(ask.Emails) > 50 {
		return nil, refuse(codeContactParam, "param error, ext=at most 50 mobiles and 50 emails")
	}
	list := []map[string]any{}
	for _, mobile := range ask.Mobiles {
		item := map[string]any{"mobile": mobile}
		p := s.memory.find(func(p *Person) bool { return p.Mobile == mobile && mobile != "" && !p.Outside })
		if p != nil && (!p.Resigned || ask.IncludeResigned) {
			item["user_id"] = idOf(p, r.URL.Query().Get("user_id_type"))
			item["status"] = status(p)
		}
		list = append(list, item)
	}
	for _, email := range ask.Emails {
		list = append(list, map[string]any{"email": email})
	}
	return map[string]any{"msg": "success", "data": map[string]any{"user_list": list}}, nil
}

// user tells about one person (contact/v3/user/get).
func (s *Server) user(r *http.Request, _ []byte) (map[string]any, *refusal) {
	idType := r.URL.Query().Get("user_id_type")
	if idType == "" {
		idType = "open_id"
	}
	p := s.memory.personBy(idType, r.PathValue("id"))
	if p == nil || p.Outside {
		return nil, unknownPersonID(idType)
	}
	unionID, userID := otherIDs(p.OpenID)
	return map[string]any{"msg": "success", "data": map[string]any{"user": map[string]any{
		"open_id": p.OpenID, "union_id": unionID, "user_id": userID, "name": p.Name, "mobile": p.Mobile, "status": status(p),
	}}}, nil
}

func unknownPersonID(idType string) *refusal {
	return refuse(codeUnknownID, "The request you send is not a valid {%s} or not exists, example value: ou_…", idType)
}

func idOf(p *Person, idType string) string {
	unionID, userID := otherIDs(p.OpenID)
	switch idType {
	case "union_id":
		return unionID
	case "user_id":
		return userID
	}
	return p.OpenID
}

func status(p *Person) map[string]any {
	return map[string]any{
		"is_frozen": false, "is_resigned": p.Resigned, "is_activated": !p.Resigned, "is_exited": false, "is_unjoin": false,
	}
}

// chatList lists the groups the bot is in (im/v1/chat/list).
func (s *Server) chatList(r *http.Request, _ []byte) (map[string]any, *refusal) {
	var items []map[string]any
	for _, c := range s.memory.chats {
		if !c.Private && c.BotInside && !c.Dissolved {
			items = append(items, map[string]any{
				"chat_id": c.ID, "name": c.Name, "avatar": "", "description": "", "external": false,
				"owner_id": first(c.Members), "owner_id_type": "open_id", "tenant_key": tenantKey, "chat_status": "normal",
			})
		}
	}
	return page(r, items)
}

// chatInfo tells about one chat (im/v1/chat/get).
func (s *Server) chatInfo(r *http.Request, _ []byte) (map[string]any, *refusal) {
	c := s.memory.chat(r.PathValue("id"))
	switch {
	case c == nil:
		return nil, refuse(codeInvalidChatID, "The chat_id is invalid.")
	case !c.BotInside:
		return nil, refuse(codeNotInChat, "Operator and chat can NOT be in different tenants or outside the chat.")
	}
	mode, chatStatus := "group", "normal"
	if c.Private {
		mode = "p2p"
	}
	if c.Dissolved {
		chatStatus = "dissolved"
	}
	return map[string]any{"msg": "success", "data": map[string]any{
		"name": c.Name, "chat_mode": mode, "chat_type": "private", "chat_status": chatStatus, "external": false,
		"owner_id": first(c.Members), "owner_id_type": "open_id", "tenant_key": tenantKey,
		"user_count": strconv.Itoa(len(c.Members)), "bot_count": "1", "group_message_type": "chat",
		"moderation_permission": "all_members", "at_all_permission": "all_members", "urgent_setting": "all_members",
	}}, nil
}

// chatMembers lists the people of a group, without bots (im/v1/chat-members/get).
func (s *Server) chatMembers(r *http.Request, _ []byte) (map[string]any, *refusal) {
	c := s.memory.chat(r.PathValue("id"))
	switch {
	case c == nil:
		return nil, refuse(codeInvalidChatID, "The chat_id is invalid.")
	case c.Dissolved:
		return nil, refuse(codeChatDissolved, "The chat has been dissolved.")
	case !c.BotInside:
		return nil, refuse(codeNotInChat, "The operator is not in the chat.")
	}
	idType := r.URL.Query().Get("member_id_type")
	if idType == "" {
		idType = "open_id"
	}
	var items []map[string]any
	for _, id := range c.Members {
		p := s.memory.person(id)
		items = append(items, map[string]any{
			"member_id_type": idType, "member_id": idOf(p, idType), "name": p.Name, "tenant_key": tenantKey,
		})
	}
	answer, refused := page(r, items)
	if refused == nil {
		answer["data"].(map[string]any)["member_total"] = len(items)
	}
	return answer, refused
}

// page cuts page_size items out of a list; the page_token is where to go on.
func page(r *http.Request, items []map[string]any) (map[string]any, *refusal) {
	size, from := 20, 0
	for name, value := range map[string]*int{"page_size": &size, "page_token": &from} {
		if given := r.URL.Query().Get(name); given != "" {
			n, err := strconv.Atoi(given)
			if err != nil || n < 0 {
				return nil, refuse(codeBadField, "field validation failed, ext=%s", name)
			}
			*value = n
		}
	}
	if size < 1 || size > 100 {
		return nil, refuse(codeBadField, "field validation failed, ext=page_size must be 1 to 100")
	}
	from = min(from, len(items))
	to := min(from+size, len(items))
	data := map[string]any{"items": slices.Concat([]map[string]any{}, items[from:to]), "has_more": to < len(items), "page_token": ""}
	if to < len(items) {
		data["page_token"] = strconv.Itoa(to)
	}
	return map[string]any{"msg": "success", "data": data}, nil
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}
