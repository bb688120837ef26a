package main

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"optimist/shared/protocol"
	"optimist/shared/user"
)

// What is wrong in itself is refused in the same words by the shell, which asks
// nobody, and by the server, asked over raw NATS; and neither leaves a trace in
// the log.
func TestInvalidWordsOfClientAndServer(t *testing.T) {
	s := mustStation(t)
	nc := s.mustConnect(t)
	before := len(mustReadLog(t, nc))
	create := func(id, name, email string) user.Command {
		return user.Command{Record: id, Op: user.Create, Patch: user.SetBoth(name, email)}
	}
	for name, c := range map[string]user.Command{
		"id empty":         create("", "Ada", "ada@example.org"),
		"id wild":          create("ada.>", "Ada", "ada@example.org"),
		"id with a blank":  create("a da", "Ada", "ada@example.org"),
		"id not ASCII":     create("ädä", "Ada", "ada@example.org"),
		"id too long":      create(strings.Repeat("a", user.MaxID+1), "Ada", "ada@example.org"),
		"name empty":       create("ada", "", "ada@example.org"),
		"name blank":       create("ada", " \t", "ada@example.org"),
		"name too long":    create("ada", strings.Repeat("ä", user.MaxName+1), "ada@example.org"),
		"name missing":     {Record: "ada", Op: user.Create, Patch: user.SetEmail("ada@example.org")},
		"email missing":    {Record: "ada", Op: user.Create, Patch: user.SetName("Ada")},
		"email empty":      create("ada", "Ada", ""),
		"email no address": create("ada", "Ada", "ada"),
		"email named":      create("ada", "Ada", "Ada <ada@example.org>"),
		"email quoted":     create("ada", "Ada", `"a b"@example.org`),
		"email too long":   create("ada", "Ada", strings.Repeat("a", user.MaxEmail)+"@example.org"),
		"edit of nothing":  {Record: "ada", Op: user.Edit},
		"edit of an email": {Record: "ada", Op: user.Edit, Patch: user.SetEmail("@")},
		"delete wild":      {Record: "*", Op: user.Delete},
	} {
		t.Run(name, func(t *testing.T) {
			c.Ref = user.Ref{Client: "shell", Command: "c1"}
			data, err := json.Marshal(protocol.CommandOf(c, ""))
			if err != nil {
				t.Fatal(err)
			}
			msg, err := nc.Request(protocol.CommandSubject("shell"), data, 10*time.Second)
			if err != nil {
				t.Fatal(err)
			}
			var a protocol.Reply
			if err := json.Unmarshal(msg.Data, &a); err != nil {
				t.Fatal(err)
			}
			refusal := user.Validate(c)
			if refusal == nil {
				t.Fatal("the shell takes it")
			}
			var shell bytes.Buffer
			f := recordFlags{}
			_ = f.refuse(&shell, c, refusal) // Its exit code is told elsewhere.
			if a.Verdict != protocol.Refused || a.Code == "" || !strings.HasSuffix(shell.String(), string(a.Code)+": "+a.Why+"\n") {
				t.Errorf("the server says %s, %s: %s; the shell prints %q", a.Verdict, a.Code, a.Why, shell.String())
			}
		})
	}
	if after := len(mustReadLog(t, nc)); after != before {
		t.Errorf("the log went from %d to %d events", before, after)
	}
}
