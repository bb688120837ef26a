package control

import (
	"encoding/json"
	"fmt"

	"github.com/nats-io/nats.go"

	"optimist/server/reply"
	"optimist/shared/protocol"
)

// Words of a FaultRequest's Do.
const (
	doArm   = "arm"
	doList  = "list"
	doClear = "clear"
)

// Serve answers requests on protocol.ControlFault until the subscription ends.
func (b *Board) Serve(nc *nats.Conn) (*nats.Subscription, error) {
	sub, err := nc.Subscribe(protocol.ControlFault, func(msg *nats.Msg) {
		// A requester that is gone, or that gave no inbox, gets no answer.
		_ = reply.To(msg, b.answer(msg.Data))
	})
	if err != nil {
		return nil, fmt.Errorf("serve faults: %w", err)
	}
	return sub, nil
}

// answer does what the request asks for.
func (b *Board) answer(data []byte) protocol.FaultReply {
	var req protocol.FaultRequest
	if err := json.Unmarshal(data, &req); err != nil {
		return b.reply(0, fmt.Errorf("the request is not a fault request: %w", err))
	}
	if !b.enabled {
		return b.reply(0, ErrOff)
	}
	switch req.Do {
	case doArm:
		_, err := b.Arm(req.Fault)
		return b.reply(0, err)
	case doList:
		return b.reply(0, nil)
	case doClear:
		n := b.Clear(req.ID)
		if n == 0 && req.ID != 0 {
			return b.reply(0, fmt.Errorf("no fault %d is armed", req.ID))
		}
		return b.reply(n, nil)
	}
	return b.reply(0, fmt.Errorf("unknown request %q; choose one of %s, %s, %s", req.Do, doArm, doList, doClear))
}

// reply returns the board with what was done.
func (b *Board) reply(cleared int, err error) protocol.FaultReply {
	r := protocol.FaultReply{Cleared: cleared, Faults: b.List()}
	if err != nil {
		r.Error = err.Error()
	}
	return r
}
