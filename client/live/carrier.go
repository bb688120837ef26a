package live

import (
	"context"
	"errors"
)

// errGone says that whoever was asked is no more.
var errGone = errors.New("the process is gone")

// carrier takes requests to a seat or a host and brings the answers back, one
// after the other.
type carrier[Request, Answer any] interface {
	// ask returns errGone if the other end died meanwhile or before.
	ask(ctx context.Context, req Request) (Answer, error)
	// kill ends the other end as a crash does: with what it had not written.
	kill() error
}

// near carries to somebody in this process, who cannot be killed.
type near[Request, Answer any] struct {
	do func(context.Context, Request) Answer
}

func (n near[Request, Answer]) ask(ctx context.Context, req Request) (Answer, error) {
	return n.do(ctx, req), nil
}

func (n near[Request, Answer]) kill() error {
	return errors.New("only what runs as a process of its own can crash; open the world with Crashes")
}
