package event

import (
	"encoding/json"
	"strconv"
	"time"

	"optimist/shared/user"
)

// room is what a usual event takes, in bytes.
const room = 640

// MarshalJSON writes the CloudEvents form, byte for byte as encoding/json writes
// an envelope. Seq is not in it: the log itself says where an event stands. It
// uses no reflection, which took a tenth of a command's way when it comes alone.
func (e Event) MarshalJSON() ([]byte, error) {
	source := "/optimist/server"
	if e.Client != "" {
		source = "/optimist/client/" + e.Client
	}
	out := append(make([]byte, 0, room), '{')
	out = appendField(out, "specversion", "1.0")
	out = appendField(out, "type", typePrefix+e.Kind.String()+typeSuffix)
	out = appendField(out, "id", e.Identify())
	out = appendField(out, "source", source)
	out = appendAny(out, "subject", e.Record)
	out = append(appendName(out, "time"), '"')
	out = append(time.UnixMilli(e.Time).UTC().AppendFormat(out, timeFormat), '"')
	out = appendField(out, "datacontenttype", "application/json")
	out = appendAny(out, "command", e.Command)
	out = appendAny(out, "client", e.Client)
	out = appendAny(out, "cause", e.Cause.Command)
	out = appendAny(out, "causeclient", e.Cause.Client)
	out = appendNumber(out, "base", e.Base)
	out = appendNumber(out, "version", e.Version)
	out = appendAny(out, "strategy", e.Strategy)
	out = e.appendPayload(append(appendName(out, "data"), '{'))
	return append(out, "}}"...), nil
}

// appendPayload appends the fields of the data.
func (e *Event) appendPayload(out []byte) []byte {
	if e.Op != 0 {
		out = appendField(out, "op", e.Op.String())
	}
	if e.Patch.Set.Has(user.FieldName) {
		out = appendField(out, "name", e.Patch.Name)
	}
	if e.Patch.Set.Has(user.FieldEmail) {
		out = appendField(out, "email", e.Patch.Email)
	}
	out = appendAny(out, "code", string(e.Code))
	out = appendAny(out, "why", e.Why)
	if !e.Root.IsZero() {
		out = append(appendName(out, "root"), '{')
		out = appendAny(out, "client", e.Root.Client)
		out = append(appendAny(out, "command", e.Root.Command), '}')
	}
	out = appendNumber(out, "target", e.Target)
	out = appendAny(out, "stream", e.Stream)
	return appendNumber(out, "build", e.Build)
}

// appendName begins a field.
func appendName(out []byte, name string) []byte {
	if out[len(out)-1] != '{' {
		out = append(out, ',')
	}
	out = append(append(out, '"'), name...)
	return append(out, `":`...)
}

func appendField(out []byte, name, text string) []byte {
	return AppendText(appendName(out, name), text)
}

// appendAny appends a field that is left out if it is empty.
func appendAny(out []byte, name, text string) []byte {
	if text == "" {
		return out
	}
	return appendField(out, name, text)
}

// appendNumber appends a field that is left out if it is 0.
func appendNumber(out []byte, name string, n uint64) []byte {
	if n == 0 {
		return out
	}
	return strconv.AppendUint(appendName(out, name), n, 10)
}

// AppendText appends text as JSON, byte for byte as encoding/json writes it.
func AppendText(out []byte, text string) []byte {
	if plain(text) {
		out = append(append(out, '"'), text...)
		return append(out, '"')
	}
	quoted, err := json.Marshal(text)
	if err != nil {
		panic(err) // There is no such string.
	}
	return append(out, quoted...)
}

// plain reports whether JSON writes text as it is: printable ASCII without what
// is escaped, for the sake of JSON or of HTML.
func plain(text string) bool {
	for i := range len(text) {
		switch b := text[i]; {
		case b < ' ', b > '~', b == '"', b == '\\', b == '<', b == '>', b == '&':
			return false
		}
	}
	return true
}
