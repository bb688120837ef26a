package remote

import (
	"context"
	"errors"

	"github.com/nats-io/nats.go"

	"optimist/shared/fault"
	"optimist/shared/protocol"
)

// Faults is the server's board of faults, from outside.
type Faults struct {
	nc *nats.Conn
}

// FaultsOf returns the board behind nc.
func FaultsOf(nc *nats.Conn) Faults { return Faults{nc: nc} }

// Arm arms f and returns what is armed then.
func (f Faults) Arm(ctx context.Context, add fault.Fault) ([]fault.Fault, error) {
	a, err := f.ask(ctx, protocol.FaultRequest{Do: "arm", Fault: add})
	return a.Faults, err
}

// List returns what is armed.
func (f Faults) List(ctx context.Context) ([]fault.Fault, error) {
	a, err := f.ask(ctx, protocol.FaultRequest{Do: "list"})
	return a.Faults, err
}

// Clear disarms the fault with that id, or all of them for id 0, and returns
// how many those were.
func (f Faults) Clear(ctx context.Context, id int) (int, error) {
	a, err := f.ask(ctx, protocol.FaultRequest{Do: "clear", ID: id})
	return a.Cleared, err
}

// ask sends one request. A board that says no is an error in its own words.
func (f Faults) ask(ctx context.Context, req protocol.FaultRequest) (protocol.FaultReply, error) {
	var a protocol.FaultReply
	err := request(ctx, f.nc, protocol.ControlFault, req, &a)
	var no *FailureError
	if errors.As(err, &no) {
		return a, errors.New(no.Text)
	}
	return a, err
}
