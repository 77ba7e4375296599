package stage

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
)

// Largest uploads (im/v1/image/create, file/create).
const (
	maxImage = 10 << 20
	maxFile  = 30 << 20
)

// upload is what is kept of an uploaded picture or file: enough to refuse unknown keys.
type upload struct{ kind, name string }

func (s *Server) uploadImage(r *http.Request, body []byte) (map[string]any, *refusal) {
	fields, content, refused := multiparts(r, body, "image")
	if refused != nil {
		return nil, refused
	}
	switch kind := http.DetectContentType(content); {
	case fields["image_type"] != "message" && fields["image_type"] != "avatar":
		return nil, refuse(codeUploadParam, "Invalid request param, ext=image_type")
	case len(content) > maxImage:
		return nil, refuse(codeUploadTooBig, "The file size exceed the max value.")
	case len(kind) < 6 || kind[:6] != "image/":
		return nil, refuse(codeUploadFormat, "Can't recognize the image format.")
	}
	key := newID("img_v3_")
	s.memory.uploads[key] = upload{"image", ""}
	return map[string]any{"msg": "success", "data": map[string]any{"image_key": key}}, nil
}

func (s *Server) uploadFile(r *http.Request, body []byte) (map[string]any, *refusal) {
	fields, content, refused := multiparts(r, body, "file")
	if refused != nil {
		return nil, refused
	}
	switch fields["file_type"] {
	case "opus", "mp4", "pdf", "doc", "xls", "ppt", "stream":
	default:
		return nil, refuse(codeUploadParam, "Invalid request param, ext=file_type")
	}
	switch {
	case fields["file_name"] == "":
		return nil, refuse(codeUploadParam, "Invalid request param, ext=file_name")
	case len(content) > maxFile:
		return nil, refuse(codeUploadTooBig, "The file size exceed the max value.")
	}
	key := newID("file_v3_")
	s.memory.uploads[key] = upload{"file", fields["file_name"]}
	return map[string]any{"msg": "success", "data": map[string]any{"file_key": key}}, nil
}

// multiparts reads a form of fields and one file, which must not be empty.
func multiparts(r *http.Request, body []byte, file string) (fields map[string]string, content []byte, refused *refusal) {
	_, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || params["boundary"] == "" {
		return nil, nil, refuse(codeUploadParam, "Invalid request param, ext=not multipart/form-data")
	}
	fields = map[string]string{}
	parts := multipart.NewReader(bytes.NewReader(body), params["boundary"])
	for {
		part, err := parts.NextPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, nil, refuse(codeUploadParam, "Invalid request param, ext=broken form")
		}
		value, err := io.ReadAll(part)
		switch {
		case err != nil:
			return nil, nil, refuse(codeUploadParam, "Invalid request param, ext=broken form")
		case part.FormName() == file:
			content = value
		default:
			fields[part.FormName()] = string(value)
		}
	}
	if len(content) == 0 {
		return nil, nil, refuse(codeUploadEmpty, "The file is empty.")
	}
	return fields, content, nil
}

// checkUpload wants the key of a picture or file uploaded before.
func (s *Server) checkUpload(kind, content string) *refusal {
	var body map[string]any
	if json.Unmarshal([]byte(content), &body) != nil {
		return invalidParam("invalid content: " + kind)
	}
	key := fmt.Sprint(body[kind+"_key"])
	if s.memory.uploads[key].kind != kind {
		return refuse(codeNotOurFile, "The %s_key was not uploaded by this app.", kind)
	}
	return nil
}
