package stage

import (
	"errors"

	"google.golang.org/protobuf/encoding/protowire"
)

// What a frame's method is.
const (
	frameControl = 0 // ping, pong
	frameData    = 1 // an event or callback, and its answer
)

// frame is what goes over a long connection, both ways: pbbp2.Frame, as binary
// protobuf. SeqID and LogID are required there and mean nothing here.
type frame struct {
	service, method uint64
	headers         map[string]string
	payload         []byte
}

// The field numbers of pbbp2.Frame and pbbp2.Header.
const (
	fieldSeqID, fieldLogID, fieldService, fieldMethod = 1, 2, 3, 4
	fieldHeaders, fieldPayload                        = 5, 8
	fieldKey, fieldValue                              = 1, 2
)

func (f frame) encode() []byte {
	var b []byte
	number := func(field protowire.Number, v uint64) {
		b = protowire.AppendVarint(protowire.AppendTag(b, field, protowire.VarintType), v)
	}
	number(fieldSeqID, 0)
	number(fieldLogID, 0)
	number(fieldService, f.service)
	number(fieldMethod, f.method)
	for key, value := range f.headers {
		var pair []byte
		pair = protowire.AppendString(protowire.AppendTag(pair, fieldKey, protowire.BytesType), key)
		pair = protowire.AppendString(protowire.AppendTag(pair, fieldValue, protowire.BytesType), value)
		b = protowire.AppendBytes(protowire.AppendTag(b, fieldHeaders, protowire.BytesType), pair)
	}
	return protowire.AppendBytes(protowire.AppendTag(b, fieldPayload, protowire.BytesType), f.payload)
}

var errNoFrame = errors.New("stage: not a frame of a long connection")

func decodeFrame(b []byte) (frame, error) {
	f := frame{headers: map[string]string{}}
	err := eachField(b, func(field protowire.Number, v uint64, bytes []byte) error {
		switch field {
		case fieldService:
			f.service = v
		case fieldMethod:
			f.method = v
		case fieldHeaders:
			return f.addHeader(bytes)
		case fieldPayload:
			f.payload = bytes
		}
		return nil
	})
	return f, err
}

func (f *frame) addHeader(pair []byte) error {
	var key, value string
	err := eachField(pair, func(field protowire.Number, _ uint64, bytes []byte) error {
		switch field {
		case fieldKey:
			key = string(bytes)
		case fieldValue:
			value = string(bytes)
		}
		return nil
	})
	f.headers[key] = value
	return err
}

// eachField reads a message of numbers and strings, the only kinds there are.
func eachField(b []byte, read func(field protowire.Number, v uint64, bytes []byte) error) error {
	for len(b) > 0 {
		field, kind, n := protowire.ConsumeTag(b)
		if n < 0 {
			return errNoFrame
		}
		b = b[n:]
		var v uint64
		var bytes []byte
		switch kind {
		case protowire.VarintType:
			v, n = protowire.ConsumeVarint(b)
		case protowire.BytesType:
			bytes, n = protowire.ConsumeBytes(b)
		default:
			return errNoFrame
		}
		if n < 0 {
			return errNoFrame
		}
		b = b[n:]
		if err := read(field, v, bytes); err != nil {
			return err
		}
	}
	return nil
}
