package command

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/nats-io/nats.go"

	"optimist/shared/protocol"
	"optimist/shared/strategy"
	"optimist/shared/user"
)

// job is a command on its way through the handler.
type job struct {
	msg      *nats.Msg
	cmd      user.Command
	strategy rules

	decided  int // How often it was decided: each conflict decides again.
	appends  int // How often its present event was published.
	decision decision
}

// parse reads a request. An error means that there is no command to speak of,
// so there can be no verdict.
func parse(msg *nats.Msg, standard string) (*job, error) {
	var req protocol.Command
	if err := json.Unmarshal(msg.Data, &req); err != nil {
		return nil, fmt.Errorf("the request is not a command: %w", err)
	}
	if req.Op == 0 {
		return nil, fmt.Errorf("the command names no operation; use %s, %s or %s", user.Create, user.Edit, user.Delete)
	}
	if req.Strategy == "" {
		req.Strategy = standard
	}
	s, err := strategy.Named(req.Strategy)
	if err != nil {
		return nil, err
	}
	cmd := req.User(strings.TrimPrefix(msg.Subject, protocol.CommandPrefix))
	if cmd.Op == user.Delete {
		cmd.Patch = user.Patch{}
	}
	return &job{msg: msg, cmd: cmd, strategy: rules{s}}, nil
}

// validate returns what a person would have to type differently, as a code and
// its words, or no code.
func validate(cmd user.Command) (user.Code, string) {
	err := user.Validate(cmd)
	if err == nil && !cmd.Cause.IsZero() {
		err = user.ValidateID(cmd.Cause.Command)
	}
	var code user.Code
	if !errors.As(err, &code) {
		return "", ""
	}
	return code, user.Words(err)
}
