package bot

import "github.com/nanxiashu/gridbot/bot/card"

// Reply is a card on its way: to exactly one of a message, a person or a chat.
type Reply struct {
	Card card.Card

	MessageID string // answer this message
	OpenID    string // else write to this person in private
	ChatID    string // else write into this chat
}

// PressAnswer is what a press of a button brings. Everything may be empty:
// then nothing visible happens.
type PressAnswer struct {
	Toast     string // a line that appears for a moment, only for who pressed
	ToastKind ToastKind
	Card      *card.Card // takes the place of the card that was pressed, for everybody who sees it
	Private   *card.Card // is sent to who pressed, in private
}

// ToastKind is the platform's kind of a toast.
type ToastKind string

// The kinds of a toast.
const (
	ToastInfo    ToastKind = "info"
	ToastSuccess ToastKind = "success"
	ToastWarning ToastKind = "warning"
	ToastError   ToastKind = "error"
)
