package stage

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestLookupByMobile(t *testing.T) {
	p := newPlatform(t, nil)
	const path = "/open-apis/contact/v3/users/batch_get_id?user_id_type=open_id"
	got := p.call("POST", path, `{"mobiles":["13800000001","13800000003","13800000004","13899999999",""]}`)
	list, _ := got.data()["user_list"].([]any)
	if len(list) != 5 {
		t.Fatalf("one item a number is wanted: %v", got.body)
	}
	for i, want := range []any{"ou_zhang", nil, nil, nil, nil} { // outside, resigned, unknown, nothing
		if id := list[i].(map[string]any)["user_id"]; id != want {
			t.Errorf("number %d is %v, want %v", i+1, id, want)
		}
	}
	got = p.call("POST", path, `{"mobiles":["13800000004"],"include_resigned":true}`)
	if id := got.data()["user_list"].([]any)[0].(map[string]any)["user_id"]; id != "ou_zhao" {
		t.Errorf("somebody resigned is %v", id)
	}
	if got := p.call("POST", path, object(map[string]any{"mobiles": make([]string, 51)})); got.code != 40001 {
		t.Errorf("51 numbers got %d", got.code)
	}
}

func TestOnePerson(t *testing.T) {
	p := newPlatform(t, nil)
	got := p.call("GET", "/open-apis/contact/v3/users/ou_zhang?user_id_type=open_id", "")
	user, _ := got.data()["user"].(map[string]any)
	if user["name"] != "张三" {
		t.Errorf("answer %v", got.body)
	}
	same := p.call("GET", fmt.Sprintf("/open-apis/contact/v3/users/%v?user_id_type=union_id", user["union_id"]), "")
	if same.data()["user"].(map[string]any)["open_id"] != "ou_zhang" {
		t.Errorf("by union_id %v", same.body)
	}
	for _, id := range []string{"ou_none", "ou_wang"} {
		if got := p.call("GET", "/open-apis/contact/v3/users/"+id, ""); got.code != 99992351 {
			t.Errorf("%s got %d", id, got.code)
		}
	}
}

func TestGroupsAreListedInPages(t *testing.T) {
	p := newPlatform(t, func(o *Options) {
		for i := range 4 {
			o.Groups = append(o.Groups, Group{Name: fmt.Sprintf("第%d群", i), Members: []string{"张三"}})
		}
	})
	var names []any
	token, pages := "", 0
	for more := true; more; pages++ {
		got := p.call("GET", "/open-apis/im/v1/chats?page_size=2&page_token="+token, "")
		for _, item := range got.data()["items"].([]any) {
			names = append(names, item.(map[string]any)["name"])
		}
		token, _ = got.data()["page_token"].(string)
		more = got.data()["has_more"].(bool)
	}
	if pages != 3 || fmt.Sprint(names) != "[华阳社区网格群 第0群 第1群 第2群 第3群]" {
		t.Errorf("%d pages: %v", pages, names)
	}
	for _, size := range []string{"0", "101", "x"} {
		if got := p.call("GET", "/open-apis/im/v1/chats?page_size="+size, ""); got.code != 99992402 {
			t.Errorf("a page of %s got %d", size, got.code)
		}
	}
}

func TestOneChatAndItsMembers(t *testing.T) {
	p := newPlatform(t, nil)
	p.text("ou_zhang", "好", "")
	got := p.call("GET", "/open-apis/im/v1/chats/"+p.User("张三").Chat(), "")
	if got.data()["chat_mode"] != "p2p" {
		t.Errorf("a private chat is %v", got.data()["chat_mode"])
	}
	got = p.call("GET", "/open-apis/im/v1/chats/oc_hy", "")
	if got.data()["chat_mode"] != "group" || got.data()["user_count"] != "2" {
		t.Errorf("a group is %v", got.data())
	}
	got = p.call("GET", "/open-apis/im/v1/chats/oc_hy/members?member_id_type=open_id", "")
	if got.data()["member_total"] != 2.0 || got.data()["items"].([]any)[1].(map[string]any)["member_id"] != "ou_li" {
		t.Errorf("members %v", got.data())
	}
	for path, code := range map[string]int{"oc_none": 232006, "oc_none/members": 232006, "oc_without": 232011, "oc_without/members": 232011} {
		if got := p.call("GET", "/open-apis/im/v1/chats/"+path, ""); got.code != code {
			t.Errorf("%s got %d, want %d", path, got.code, code)
		}
	}
}

// upload sends a form of fields and one file.
func (p *platform) upload(path, file string, content []byte, fields map[string]string) answered {
	p.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for k, v := range fields {
		_ = form.WriteField(k, v) // a buffer takes everything
	}
	part, _ := form.CreateFormFile(file, "x")
	_, _ = part.Write(content)
	_ = form.Close()
	r := httptest.NewRequest("POST", path, &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	r.Header.Set("Authorization", "Bearer "+p.token)
	return p.do(r)
}

func TestUploads(t *testing.T) {
	p := newPlatform(t, nil)
	png := []byte("\x89PNG\r\n\x1a\n0000")
	image := func(content []byte, kind string) answered {
		return p.upload("/open-apis/im/v1/images", "image", content, map[string]string{"image_type": kind})
	}
	file := func(content []byte, kind, name string) answered {
		return p.upload("/open-apis/im/v1/files", "file", content, map[string]string{"file_type": kind, "file_name": name})
	}
	for name, c := range map[string]struct {
		got  answered
		code int
	}{
		"a picture":                {image(png, "message"), 0},
		"a picture of no kind":     {image(png, ""), 234001},
		"an empty picture":         {image(nil, "message"), 234010},
		"a text as picture":        {image([]byte("hello"), "message"), 234011},
		"a picture over 10 MB":     {image(append(png, make([]byte, 10<<20)...), "message"), 234006},
		"a file":                   {file([]byte("x"), "stream", "简报.docx"), 0},
		"a file of a strange type": {file([]byte("x"), "docx", "简报.docx"), 234001},
		"a file without name":      {file([]byte("x"), "stream", ""), 234001},
		"a file over 30 MB":        {file(make([]byte, 30<<20+1), "stream", "x"), 234006},
		"no form at all":           {p.call("POST", "/open-apis/im/v1/files", "{}"), 234001},
	} {
		if c.got.code != c.code {
			t.Errorf("%s: %d, want %d", name, c.got.code, c.code)
		}
	}
	key, _ := image(png, "message").data()["image_key"].(string)
	if got := p.send("open_id", "ou_zhang", "image", `{"image_key":"`+key+`"}`, ""); got.code != 0 {
		t.Errorf("our picture got %d", got.code)
	}
	if got := p.send("open_id", "ou_zhang", "file", `{"file_key":"`+key+`"}`, ""); got.code != 230017 {
		t.Errorf("a picture as file got %d", got.code)
	}
	card := strings.Replace(changedCard, `[{`, `[{"tag":"img","img_key":"`+key+`","alt":{"tag":"plain_text","content":""}},{`, 1)
	if got := p.send("open_id", "ou_zhang", "interactive", card, ""); got.code != 0 {
		t.Errorf("our picture in a card got %d %s", got.code, got.msg())
	}
}

func TestAnAPIThatIsNone(t *testing.T) {
	p := newPlatform(t, nil)
	if got := p.call("GET", "/open-apis/im/v9/everything", ""); got.status != 404 || got.header.Get("X-Tt-Logid") == "" {
		t.Errorf("HTTP %d, %v", got.status, got.header)
	}
}
