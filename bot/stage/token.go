package stage

import (
	"net/http"
	"strings"
	"time"
)

// Life of a tenant token, and what must be left of it for the same one to be
// given again (auth/v3/tenant_access_token/internal).
const (
	tokenLife  = 2 * time.Hour
	tokenReuse = 30 * time.Minute
)

type accessToken struct {
	value   string
	expires time.Time
}

func (s *Server) issueToken(_ *http.Request, body []byte) (map[string]any, *refusal) {
	var ask struct {
		AppID     string `json:"app_id"`
		AppSecret string `json:"app_secret"`
	}
	if refused := decode(body, &ask); refused != nil {
		return nil, refused
	}
	if ask.AppID != s.opts.AppID || ask.AppSecret != s.opts.AppSecret {
		return nil, refuse(codeWrongSecret, "app id or app secret invalid")
	}
	token := s.currentToken(s.opts.Now())
	left := token.expires.Sub(s.opts.Now())
	return map[string]any{"msg": "ok", "tenant_access_token": token.value, "expire": int(left.Seconds())}, nil
}

// currentToken is the newest token, or a new one when that has under 30 minutes left.
// Older ones stay good until they expire.
func (s *Server) currentToken(now time.Time) accessToken {
	if n := len(s.tokens); n > 0 && s.tokens[n-1].expires.Sub(now) >= tokenReuse {
		return s.tokens[n-1]
	}
	token := accessToken{newID("t-"), now.Add(tokenLife)}
	s.tokens = append(s.tokens, token)
	return token
}

func (s *Server) authorize(r *http.Request) *refusal {
	token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !ok || token == "" {
		return refuse(codeNoToken, "Missing access token for authorization. Please make a request with token attached.")
	}
	for _, t := range s.tokens {
		if t.value == token && s.opts.Now().Before(t.expires) {
			return nil
		}
	}
	return refuse(codeBadToken, "Invalid access token for authorization. Please make a request with token attached.")
}

// ForgetTokens makes every access token invalid, as if the secret had been reset.
func (s *Server) ForgetTokens() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tokens = nil
}

func (s *Server) botInfo(*http.Request, []byte) (map[string]any, *refusal) {
	return map[string]any{"msg": "ok", "bot": map[string]any{
		"activate_status": 2, "app_name": s.opts.BotName, "avatar_url": "", "ip_white_list": []string{}, "open_id": s.BotOpenID(),
	}}, nil
}
