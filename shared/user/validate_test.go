package user_test

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"optimist/shared/user"
)

func TestValidate(t *testing.T) {
	good := user.Command{
		Ref: user.Ref{Client: "alice", Command: "c-1"}, Record: "ada_1", Op: user.Create,
		Patch: user.SetBoth("Ada", "ada@example.org"),
	}
	with := func(change func(*user.Command)) user.Command {
		c := good
		change(&c)
		return c
	}
	for _, c := range []struct {
		name string
		cmd  user.Command
		want error
	}{
		{"good", good, nil},
		{"an id of 64", with(func(c *user.Command) { c.Record = strings.Repeat("x", 64) }), nil},
		{"an id of 65", with(func(c *user.Command) { c.Record = strings.Repeat("x", 65) }), user.ErrInvalidID},
		{"no id", with(func(c *user.Command) { c.Record = "" }), user.ErrInvalidID},
		{"an id that is a wildcard", with(func(c *user.Command) { c.Record = "*" }), user.ErrInvalidID},
		{"an id of two tokens", with(func(c *user.Command) { c.Client = "a.b" }), user.ErrInvalidID},
		{"an id with a letter beyond ASCII", with(func(c *user.Command) { c.Command = "ä" }), user.ErrInvalidID},
		{"a command as a script calls it", with(func(c *user.Command) { c.Command = "alice.1" }), nil},
		{"a command with two dots in a row", with(func(c *user.Command) { c.Command = "alice..1" }), user.ErrInvalidID},
		{"a command that ends in a dot", with(func(c *user.Command) { c.Command = "alice." }), user.ErrInvalidID},
		{"a command of 65", with(func(c *user.Command) { c.Command = strings.Repeat("x.", 32) + "x" }), user.ErrInvalidID},
		{"a name of 200", with(func(c *user.Command) { c.Patch.Name = strings.Repeat("ä", 200) }), nil},
		{"a name of 201", with(func(c *user.Command) { c.Patch.Name = strings.Repeat("ä", 201) }), user.ErrInvalidName},
		{"a blank name", with(func(c *user.Command) { c.Patch.Name = " \t" }), user.ErrInvalidName},
		{"a name that is not UTF-8", with(func(c *user.Command) { c.Patch.Name = "a\xff" }), user.ErrInvalidName},
		{"no name", with(func(c *user.Command) { c.Patch = user.SetEmail("a@b.c") }), user.ErrInvalidName},
		{"no email", with(func(c *user.Command) { c.Patch = user.SetName("Ada") }), user.ErrInvalidEmail},
		{"an email without @", with(func(c *user.Command) { c.Patch.Email = "ada" }), user.ErrInvalidEmail},
		{"an email with a name", with(func(c *user.Command) { c.Patch.Email = "Ada <ada@example.org>" }), user.ErrInvalidEmail},
		{"an email of 254", with(func(c *user.Command) { c.Patch.Email = strings.Repeat("a", 242) + "@example.org" }), nil},
		{"an email of 255", with(func(c *user.Command) { c.Patch.Email = strings.Repeat("a", 243) + "@example.org" }), user.ErrInvalidEmail},
		{"an edit of nothing", with(func(c *user.Command) { c.Op, c.Patch = user.Edit, user.Patch{} }), user.ErrInvalidName},
		{"an edit of one field", with(func(c *user.Command) { c.Op, c.Patch = user.Edit, user.SetName("x") }), nil},
		{"a delete", with(func(c *user.Command) { c.Op, c.Patch = user.Delete, user.Patch{} }), nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := user.Validate(c.cmd)
			if !errors.Is(err, c.want) {
				t.Fatalf("got %v, want %v", err, c.want)
			}
			if err != nil && (user.Words(err) == "" || strings.Contains(user.Words(err), c.want.Error())) {
				t.Errorf("the words are %q", user.Words(err))
			}
		})
	}
}

// Whatever passes is safe where it goes: an id is one subject token, and an
// email has one @ with something on both sides.
func FuzzValidate(f *testing.F) {
	for _, seed := range []string{"ada", "a.b", "*", ">", "", "ada@example.org", "\"a b\"@c", "a@b@c", "\x00", "\u202e", "é@ü"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if user.ValidateID(s) == nil && (s == "" || len(s) > user.MaxID || strings.ContainsAny(s, ".*> \t\r\n\x00")) {
			t.Errorf("id %q passes", s)
		}
		if user.ValidateName(s) == nil && (!utf8.ValidString(s) || utf8.RuneCountInString(s) > user.MaxName) {
			t.Errorf("name %q passes", s)
		}
		if user.ValidateEmail(s) != nil {
			return
		}
		at := strings.LastIndexByte(s, '@')
		if at < 1 || at == len(s)-1 || utf8.RuneCountInString(s) > user.MaxEmail || strings.ContainsAny(s, " \t\r\n<>\"") {
			t.Errorf("email %q passes", s)
		}
	})
}
