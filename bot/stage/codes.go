package stage

import (
	"fmt"
	"net/http"
	"time"
)

// tenantKey is the organisation all people of the stand-in belong to.
const tenantKey = "stage00tenant"

// The platform's codes that the stand-in answers with. Pages: error codes of
// im/v1 message create, reply, patch, update, delete; server-side error codes.
const (
	codeWrongSecret    = 10015
	codeNoToken        = 99991661
	codeBadToken       = 99991663
	codeTooFrequent    = 99991400
	codeUnknownID      = 99992351
	codeBadField       = 99992402
	codeBadRequest     = 9499
	codeContactParam   = 40001
	codeInvalidParam   = 230001
	codeBotNotInside   = 230002
	codeCannotUpdate   = 230006
	codeRecalled       = 230011
	codeUnavailable    = 230013
	codeNotOurFile     = 230017
	codeReceiverPace   = 230020
	codeTooLong        = 230025
	codeNotSender      = 230026
	codeTooOld         = 230031
	codeMutedBot       = 230053
	codeUnsupported    = 230054
	codeNotEditor      = 230071
	codeTooManyEdits   = 230072
	codeCardRefused    = 230099
	codeDeleted        = 230110
	codeInvalidChatID  = 232006
	codeChatDissolved  = 232009
	codeNotInChat      = 232011
	codeUploadParam    = 234001
	codeUploadTooBig   = 234006
	codeUploadEmpty    = 234010
	codeUploadFormat   = 234011
	codeUpdateToken    = 300020
	codeUpdateExpired  = 300030
	codeUpdateUsedUp   = 300040
	codeUpdateBadJSON  = 100030
	codeUpdateBadCard  = 11311
	codeUpdateRecalled = 200000
)

// refusal is an error answer of the API.
type refusal struct {
	status int
	code   int
	msg    string
	reset  time.Duration // of a gateway limit: when to come back
}

// refuse makes the usual error answer: HTTP 400 with a code in the body.
func refuse(code int, format string, args ...any) *refusal {
	return &refusal{status: http.StatusBadRequest, code: code, msg: fmt.Sprintf(format, args...)}
}

func invalidParam(ext string) *refusal {
	return refuse(codeInvalidParam, "Your request contains an invalid request parameter, ext=%s.", ext)
}
