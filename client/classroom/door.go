package classroom

import (
	"bytes"
	"fmt"
	"os"
	"time"

	"charm.land/wish/v2"
	"github.com/charmbracelet/ssh"
	gossh "golang.org/x/crypto/ssh"

	"optimist/shared/exit"
)

// teacherName is the user whose screen the class follows, where the teacher comes
// over SSH too.
const teacherName = "teacher"

// maxTries is how often a client may try to log in before it must connect anew.
const maxTries = 6

// maxKeys is how long a file of keys can be, in bytes.
const maxKeys = 1 << 20

// door decides who comes in, and as what.
type door struct {
	class   code            // "" where keys are asked for.
	teacher code            // "" where the teacher is here.
	keys    map[string]bool // Of public keys as SSH sends them; nil where a code is asked for.
	limit   *limiter
}

// newDoor makes the codes that are needed.
func newDoor(cfg Config) (*door, error) {
	d := &door{limit: newLimiter(time.Now)}
	if !cfg.TeacherHere {
		d.teacher = newCode()
	}
	if cfg.AuthorizedKeys == "" {
		d.class = newCode()
		return d, nil
	}
	var err error
	d.keys, err = readKeys(cfg.AuthorizedKeys)
	return d, exit.With(exit.Usage, err, "write one public key a line, as in the .pub files of ssh-keygen")
}

// readKeys reads a file of public keys, one a line, as ssh-keygen writes them.
func readKeys(path string) (map[string]bool, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("--authorized-keys: %w", err)
	}
	if len(text) > maxKeys {
		return nil, fmt.Errorf("--authorized-keys: %s has more than %d bytes", path, maxKeys)
	}
	keys := map[string]bool{}
	for i, line := range bytes.Split(text, []byte("\n")) {
		if line = bytes.TrimSpace(line); len(line) == 0 || line[0] == '#' {
			continue
		}
		key, _, options, _, err := gossh.ParseAuthorizedKey(line)
		switch {
		case err != nil:
			return nil, fmt.Errorf("--authorized-keys: %s:%d: this is no public key", path, i+1)
		case len(options) > 0:
			return nil, fmt.Errorf("--authorized-keys: %s:%d: options before a key mean nothing here; take them away", path, i+1)
		}
		keys[string(key.Marshal())] = true
	}
	if len(keys) == 0 {
		return nil, fmt.Errorf("--authorized-keys: %s holds no key", path)
	}
	return keys, nil
}

// options make a server that lets in whom the door does.
func (d *door) options() []ssh.Option {
	list := []ssh.Option{ssh.EmulatePty(), func(s *ssh.Server) error {
		s.ServerConfigCallback = func(ssh.Context) *gossh.ServerConfig { return &gossh.ServerConfig{MaxAuthTries: maxTries} }
		return nil
	}}
	if d.keys != nil {
		list = append(list, wish.WithPublicKeyAuth(d.key))
	}
	// A code is asked for, and no password offered beside it: ssh would go on to
	// ask for one after the last wrong code.
	if d.class != "" || d.teacher != "" {
		list = append(list, wish.WithKeyboardInteractiveAuth(d.ask))
	}
	return list
}

// teaches reports whether somebody comes as the teacher.
func (d *door) teaches(user string) bool { return d.teacher != "" && user == teacherName }

// key reports whether a key is one of the file. The teacher has a code.
func (d *door) key(ctx ssh.Context, key ssh.PublicKey) bool {
	return !d.teaches(ctx.User()) && d.keys[string(key.Marshal())]
}

// noCode is told to whom a code is of no use.
const noCode = "This class has no join code: it lets in whose key the teacher has. Choose yours with ssh -i FILE."

// ask asks for the code.
func (d *door) ask(ctx ssh.Context, challenge gossh.KeyboardInteractiveChallenge) bool {
	if pause := d.limit.pause(ctx.RemoteAddr()); pause > 0 {
		told := fmt.Sprintf("Too many wrong codes came from your address. Try again in %d seconds.", int(pause/time.Second)+1)
		// It is refused whether or not the client shows this.
		_, _ = challenge("", told, nil, nil)
		return false
	}
	what := "join code: "
	switch {
	case d.teaches(ctx.User()):
		what = "teacher's code: "
	case d.class == "":
		_, _ = challenge("", noCode, nil, nil) // It is refused as above.
		return false
	}
	answers, err := challenge("", "", []string{what}, []bool{!d.teaches(ctx.User())})
	return err == nil && len(answers) == 1 && d.opens(ctx, answers[0])
}

// opens reports whether a code is that of the user, and counts it if it is not.
func (d *door) opens(ctx ssh.Context, typed string) bool {
	want := d.class
	if d.teaches(ctx.User()) {
		want = d.teacher
	}
	if want.opens(typed) {
		d.limit.came(ctx.RemoteAddr())
		return true
	}
	d.limit.missed(ctx.RemoteAddr())
	return false
}
