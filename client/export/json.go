package export

import (
	"encoding/json"
	"io"

	"optimist/shared/anomaly"
	"optimist/shared/trace"
)

// JSON writes the trace and what was found in it as one object.
func JSON(w io.Writer, run Run) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", " ")
	enc.SetEscapeHTML(false)
	return enc.Encode(struct {
		Trace    *trace.Trace      `json:"trace"`
		Findings []anomaly.Finding `json:"findings"`
	}{run.Trace, run.found()})
}

// found returns the findings, never nil: a reader expects a list.
func (r Run) found() []anomaly.Finding {
	if r.Findings == nil {
		return []anomaly.Finding{}
	}
	return r.Findings
}
