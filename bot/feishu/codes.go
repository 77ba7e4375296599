package feishu

// The platform's codes that change what the bot does. Sources: the message
// interfaces' own pages (im/v1/message/create, reply, patch), the general list
// 通用错误码 and the page on rate limits (频控策略), all on open.feishu.cn.
const (
	codeRateLimited     = 99991400 // the gateway's limit; says how long to wait
	codeReceiverLimited = 230020   // 5 a second to one person or group
	codeOldSystemLimit  = 11232
	codeOldGroupLimit   = 11233
	codeBeingSent       = 230049 // the first request with this uuid is still on its way
	codeBeingCreated    = 18121

	codeTokenInvalid    = 99991663
	codeAppTokenInvalid = 99991664
	codeTokenPrefix     = 99991671
	codeTokenMissing    = 99991661
	codeTokenTenant     = 99991665

	codeInternal         = 2200
	codeInternal1500     = 1500
	codeInternal5000     = 5000
	codeInternal10101    = 10101
	codeInternal1000003  = 1000003
	codeContactInternal  = 40003
	codeContactInternal6 = 40006
	codeStorageStopped   = 232096
	codeStorageFull      = 234042

	codeMonthlyQuota = 99991403
	codeNotOnIPList  = 99991401
	codeScopeMissing = 99991672
	codeAppUnusable  = 99991673
	codeAppDisabled  = 99991662
	codeWrongSecret  = 10014
	codeWrongApp     = 10015
	codeBotDisabled  = 230006
	codeNoRight      = 230027

	codeNotInGroup     = 230002
	codeGroupDissolved = 232009

	codeOutOfRange     = 230013 // also: resigned
	codeResigned       = 230029
	codeSwitchedOff    = 230053
	codeMaySpeakNot    = 230018
	codeMuted          = 230035
	codeTopicGone      = 230019
	codeUnknownID      = 99992351
	codeUnknownIDType  = 99992352
	codeUnknownIDMatch = 99992356
	codeOtherAppsID    = 99992361
	codeReceiverWrong  = 230034

	codeBadParameter    = 230001
	codeFieldInvalid    = 99992402
	codeMalformed       = 9499
	codeSensitiveWords  = 230022
	codeAuditRefused    = 230028
	codeIllegalContent  = 11312
	codeTooLong         = 230025
	codeTooOld          = 230031
	codeRecalled        = 230011
	codeDeleted         = 230110
	codeInvisible       = 230050
	codeCardRefused     = 230099
	codeNoThreadReplies = 230071
)

// Recalled reports that the message to be answered or updated no longer exists
// for us: recalled, deleted or invisible.
func (e *Error) Recalled() bool {
	return e.Code == codeRecalled || e.Code == codeDeleted || e.Code == codeInvisible
}

type rule struct {
	verdict Verdict
	meaning string // Chinese, for the centre: why it could not be delivered
}

const (
	busy        = "平台繁忙"
	tokenRefuse = "应用的访问凭证无效"
	unknownID   = "平台不认识这个接收人"
	notAllowed  = "群设置不允许机器人发言"
	badRequest  = "平台认为消息的参数不对"
	illegal     = "内容未通过平台审核"
	gone        = "原消息已撤回、删除或过期"
)

// rules is the one place where codes are judged. A code that is not here is
// judged by the HTTP status: see refused.
var rules = map[int]rule{
	codeRateLimited:     {Retry, busy},
	codeReceiverLimited: {Retry, busy},
	codeOldSystemLimit:  {Retry, busy},
	codeOldGroupLimit:   {Retry, busy},
	codeBeingSent:       {Retry, busy},
	codeBeingCreated:    {Retry, busy},

	// The client has already tried a new token when a caller sees one of these.
	codeTokenInvalid:    {Retry, tokenRefuse},
	codeAppTokenInvalid: {Retry, tokenRefuse},
	codeTokenPrefix:     {Retry, tokenRefuse},
	codeTokenMissing:    {Retry, tokenRefuse},
	codeTokenTenant:     {Retry, tokenRefuse},

	codeInternal:         {Retry, busy},
	codeInternal1500:     {Retry, busy},
	codeInternal5000:     {Retry, busy},
	codeInternal10101:    {Retry, busy},
	codeInternal1000003:  {Retry, busy},
	codeContactInternal:  {Retry, busy},
	codeContactInternal6: {Retry, busy},
	codeStorageStopped:   {Retry, busy},
	codeStorageFull:      {Retry, busy},

	codeMonthlyQuota: {Operator, "本月的平台调用次数已用完"},
	codeNotOnIPList:  {Operator, "服务器地址不在应用的白名单里"},
	codeScopeMissing: {Operator, "应用缺少权限"},
	codeAppUnusable:  {Operator, "应用不可用"},
	codeAppDisabled:  {Operator, "应用已停用"},
	codeWrongSecret:  {Operator, "应用的密钥不对"},
	codeWrongApp:     {Operator, "应用的密钥不对"},
	codeBotDisabled:  {Operator, "应用没有启用机器人"},
	codeNoRight:      {Operator, "应用没有发送的权限"},

	codeNotInGroup:     {Unbind, "机器人不在群里"},
	codeGroupDissolved: {Unbind, "群已解散"},

	codeOutOfRange:     {FinalForReceiver, "不在应用的可用范围，或已离职"},
	codeResigned:       {FinalForReceiver, "已离职"},
	codeSwitchedOff:    {FinalForReceiver, "本人关闭了机器人的消息"},
	codeMaySpeakNot:    {FinalForReceiver, notAllowed},
	codeMuted:          {FinalForReceiver, notAllowed},
	codeTopicGone:      {FinalForReceiver, "话题已不存在"},
	codeUnknownID:      {FinalForReceiver, unknownID},
	codeUnknownIDType:  {FinalForReceiver, unknownID},
	codeUnknownIDMatch: {FinalForReceiver, unknownID},
	codeOtherAppsID:    {FinalForReceiver, unknownID},
	codeReceiverWrong:  {FinalForReceiver, unknownID},

	codeBadParameter:    {Final, badRequest},
	codeFieldInvalid:    {Final, badRequest},
	codeMalformed:       {Final, badRequest},
	codeSensitiveWords:  {Final, illegal},
	codeAuditRefused:    {Final, illegal},
	codeIllegalContent:  {Final, illegal},
	codeTooLong:         {Final, "卡片太长"},
	codeTooOld:          {Final, gone},
	codeRecalled:        {Final, gone},
	codeDeleted:         {Final, gone},
	codeInvisible:       {Final, gone},
	codeCardRefused:     {Final, "平台不接受这张卡片"},
	codeNoThreadReplies: {Final, "群不允许这样回复"},
}
