package protocol

import "optimist/shared/fault"

// Ask names a query.
type Ask string

// The queries.
const (
	AskSync    Ask = "sync"    // Rows and rejections changed since a change number.
	AskOutcome Ask = "outcome" // The current outcome of one of the client's commands.
	AskList    Ask = "list"    // Records in log or rows, with both versions.
	AskHealth  Ask = "health"  // Positions and readiness.
)

// Query is a request on a client's query subject.
type Query struct {
	Ask     Ask    `json:"ask"`
	Epoch   string `json:"epoch,omitempty"`   // Sync: the epoch Since belongs to; another makes the answer full.
	Since   uint64 `json:"since,omitempty"`   // Sync: changes after this number.
	Log     bool   `json:"log,omitempty"`     // Sync: rows as the log makes them.
	Command string `json:"command,omitempty"` // Outcome: of which of the client's commands.
	Record  string `json:"record,omitempty"`  // List: only this record.
	After   string `json:"after,omitempty"`   // List: records after this id.
	Limit   int    `json:"limit,omitempty"`   // At most MaxPage; 0 means MaxPage.
}

// Sync answers AskSync with one page. The client asks again with Since = Next
// until More is false; the last page's To and Change are then its position.
type Sync struct {
	Epoch    string      `json:"epoch"`
	Full     bool        `json:"full"` // Everything, from nothing: forget what you have.
	To       uint64      `json:"to"`
	Change   uint64      `json:"change"`
	Next     uint64      `json:"next"`
	More     bool        `json:"more,omitempty"`
	Log      bool        `json:"log,omitempty"` // Rows are as the log makes them.
	Rows     []Row       `json:"rows,omitempty"`
	Rejected []Rejection `json:"rejected,omitempty"`
}

// Record is a line of AskList: a record as the log and the rows know it.
type Record struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Email   string `json:"email"`
	Log     uint64 `json:"log"`            // Version by the log; 0: no living record there.
	DB      uint64 `json:"db"`             // Version by the rows; 0: no row there.
	Born    uint64 `json:"born,omitempty"` // Of the create that made it; 0: not known yet.
	Settled bool   `json:"settled"`        // Nothing in the log waits for the rows.
	Last    Reply  `json:"last"`           // The outcome of the newest command on it.
}

// List answers AskList with one page.
type List struct {
	Records []Record `json:"records,omitempty"`
	More    bool     `json:"more,omitempty"`
}

// Health answers AskHealth.
type Health struct {
	Ready      bool   `json:"ready"`
	Log        uint64 `json:"log_seq"`
	Projected  uint64 `json:"projected_seq"`
	Lag        uint64 `json:"lag"`
	Durability string `json:"durability"`
	Epoch      string `json:"epoch"`
	Strategy   string `json:"strategy,omitempty"` // Of commands that name none.
}

// FaultRequest is a request on ControlFault.
type FaultRequest struct {
	Do    string      `json:"do"`             // arm, list or clear.
	Fault fault.Fault `json:"fault,omitzero"` // arm.
	ID    int         `json:"id,omitempty"`   // clear: one, or 0 for all.
}

// FaultReply answers a FaultRequest.
type FaultReply struct {
	Error   string        `json:"error,omitempty"`
	Faults  []fault.Fault `json:"faults"`
	Cleared int           `json:"cleared,omitempty"`
}

// Failure answers any request the server could not take; the others have an
// empty Error.
type Failure struct {
	Error string `json:"error"`
}
