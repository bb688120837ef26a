package trace

import "encoding/binary"

// AppendBinary appends all of e but At and Line, so that two events have equal
// bytes if and only if they say the same.
func (e *Event) AppendBinary(b []byte) []byte {
	b = append(b, byte(e.Kind), byte(e.Op), byte(e.Patch.Set), byte(e.Looked), byte(e.Fate), byte(e.Mark),
		flag(e.Value.Exists)|flag(e.Twin)<<1|flag(e.Stalled)<<2)
	for _, n := range [...]uint64{
		uint64(e.Step), e.Base, uint64(e.Attempt), e.Seq, e.Target, e.Value.Version, e.Value.Seq, uint64(len(e.Shown)),
	} {
		b = binary.AppendUvarint(b, n)
	}
	for _, text := range [...]string{
		e.Actor, e.Client, e.Intent, e.Record, e.Patch.Name, e.Patch.Email, e.Cause, e.Strategy,
		string(e.Verdict), string(e.Code), e.Why, e.Root, e.Value.Name, e.Value.Email, e.Fault,
	} {
		b = appendText(b, text)
	}
	for _, id := range e.Shown {
		b = appendText(b, id)
	}
	return b
}

func appendText(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

func flag(on bool) byte {
	if on {
		return 1
	}
	return 0
}
