package classroom

import (
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"optimist/shared/exit"
)

func TestCodes(t *testing.T) {
	c := newCode()
	lower := strings.ToLower(c.String())
	for _, typed := range []string{string(c), c.String(), lower, " " + lower + " ", lower[:4] + " " + lower[5:]} {
		if !c.opens(typed) {
			t.Errorf("%q does not open %s", typed, c)
		}
	}
	for _, typed := range []string{"", "-", c.String()[:8], c.String() + "A", newCode().String(), strings.Repeat(" ", maxTyped) + string(c)} {
		if c.opens(typed) {
			t.Errorf("%q opens %s", typed, c)
		}
	}
	if code("").opens("") {
		t.Error("no code opens")
	}
	if len(c) != codeLength || strings.Trim(string(c), letters) != "" || c == newCode() {
		t.Errorf("%q is no good code", c)
	}
}

// Whoever guesses is slowed down, and told; the right code is wrong meanwhile.
func TestGuessing(t *testing.T) {
	now := newClock()
	r := mustServe(t, nil, func(room *Room) { room.door.limit.now = now.time })
	for i := range freeWrong + 1 {
		if _, err := r.dial("eve", "AAAA-AAAA"); err == nil {
			t.Fatalf("guess %d let in", i)
		}
	}
	if _, err := r.dial("ann", r.room.Info().JoinCode); err == nil {
		t.Fatal("a code is looked at during the pause")
	}
	var told string
	_, err := gossh.Dial("tcp", r.room.Info().Address, &gossh.ClientConfig{
		User: "ann", HostKeyCallback: gossh.InsecureIgnoreHostKey(),
		Auth: []gossh.AuthMethod{gossh.KeyboardInteractive(func(_, instruction string, questions []string, _ []bool) ([]string, error) {
			told += instruction
			return make([]string, len(questions)), nil
		})},
	})
	if err == nil || !strings.Contains(told, "Too many wrong codes came from your address. Try again in 2 seconds.") {
		t.Errorf("%v, told %q", err, told)
	}
	now.pass(time.Minute)
	conn, err := r.dial("ann", strings.ToLower(r.room.Info().JoinCode))
	if err != nil {
		t.Fatalf("after the pause: %v", err)
	}
	_ = conn.Close()
	if _, err := r.dial("eve", "AAAA-AAAA"); err == nil || r.room.door.limit.pause(conn.RemoteAddr()) > 0 {
		t.Errorf("who came in is not forgiven: %v", err)
	}
}

// Nothing but the code is asked for: where a password may be sent as well, ssh
// asks for one after the last wrong code, and nobody has one.
func TestNothingElseIsAsked(t *testing.T) {
	file := filepath.Join(t.TempDir(), "keys")
	if err := os.WriteFile(file, gossh.MarshalAuthorizedKey(mustKey(t).PublicKey()), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, keys := range []string{"", file} {
		r := mustServe(t, func(c *Config) { c.AuthorizedKeys = keys })
		conn, err := gossh.Dial("tcp", r.room.Info().Address, &gossh.ClientConfig{
			User: teacherName, Auth: []gossh.AuthMethod{gossh.Password(r.room.Info().TeacherCode)}, HostKeyCallback: gossh.InsecureIgnoreHostKey(),
		})
		if err == nil {
			_ = conn.Close()
		}
		if err == nil || !strings.Contains(err.Error(), "attempted methods [none], no supported methods remain") {
			t.Errorf("a password, with keys %q: %v", keys, err)
		}
	}
}

// The teacher's code is the teacher's, and the class's is the class's.
func TestCodesAreOfUsers(t *testing.T) {
	r := mustServe(t, nil)
	i := r.room.Info()
	for user, typed := range map[string]string{teacherName: i.JoinCode, "ann": i.TeacherCode} {
		if conn, err := r.dial(user, typed); err == nil {
			_ = conn.Close()
			t.Errorf("%s came in with the other's code", user)
		}
	}
	first := r.mustTeacher(80, 24)
	first.sees("0 of 30 seats")
	second := r.mustTeacher(80, 24)
	var status *gossh.ExitError
	if err := second.ends(); !errors.As(err, &status) || status.ExitStatus() != 1 {
		t.Errorf("a second teacher: %v", err)
	}
	if !strings.Contains(second.output(), "the class has its teacher already") {
		t.Errorf("told: %q", second.output())
	}
	first.press("q")
	if err := first.ends(); err != nil {
		t.Error(err)
	}
	again := r.mustTeacher(80, 24)
	again.sees("0 of 30 seats")
}

func TestHostKey(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "made", "here")
	key, err := hostKey(dir)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, hostKeyFile)
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("%v, %v", info.Mode(), err)
	}
	again, err := hostKey(dir)
	if err != nil || gossh.FingerprintSHA256(again.PublicKey()) != gossh.FingerprintSHA256(key.PublicKey()) {
		t.Fatalf("another key the second time: %v", err)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
		t.Errorf("%v is left, %v", entries, err)
	}
	for _, mode := range []os.FileMode{0o640, 0o604, 0o660, 0o644} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		_, err := hostKey(dir)
		var told *exit.Error
		if !errors.As(err, &told) || told.Code != exit.Usage || !strings.Contains(told.Hint, "chmod 600 "+path) {
			t.Errorf("mode %o: %v", mode, err)
		}
	}
	if err := errors.Join(os.Chmod(path, 0o600), os.WriteFile(path, []byte("no key"), 0o600)); err != nil {
		t.Fatal(err)
	}
	if _, err := hostKey(dir); exit.Of(err) != exit.Usage {
		t.Errorf("a file that is no key: %v", err)
	}
}

func TestAuthorizedKeys(t *testing.T) {
	mine, other := mustKey(t), mustKey(t)
	file := filepath.Join(t.TempDir(), "keys")
	text := "# the class\n\n" + string(gossh.MarshalAuthorizedKey(mine.PublicKey()))
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	r := mustServe(t, func(c *Config) { c.AuthorizedKeys = file })
	if i := r.room.Info(); i.JoinCode != "" || i.TeacherCode == "" {
		t.Errorf("%+v", i)
	}
	login := func(user string, auth ...gossh.AuthMethod) (*gossh.Client, error) {
		return gossh.Dial("tcp", r.room.Info().Address, &gossh.ClientConfig{User: user, Auth: auth, HostKeyCallback: gossh.InsecureIgnoreHostKey()})
	}
	conn, err := login("ann", gossh.PublicKeys(mine))
	if err != nil {
		t.Fatal(err)
	}
	r.mustTerminal(conn, 80, 24).sees("no teacher is here yet")
	for name, auth := range map[string]gossh.AuthMethod{"another key": gossh.PublicKeys(other), "no code": answer(""), "a code": answer("AAAAAAAA")} {
		if conn, err := login("eve", auth); err == nil {
			_ = conn.Close()
			t.Errorf("%s let in", name)
		}
	}
	var told string
	asked := gossh.KeyboardInteractive(func(_, instruction string, questions []string, _ []bool) ([]string, error) {
		told = instruction + strings.Join(questions, "")
		return make([]string, len(questions)), nil
	})
	if conn, err := login("eve", asked); err == nil {
		_ = conn.Close()
		t.Error("no key let in")
	}
	if told != noCode {
		t.Errorf("who has no key is told %q", told)
	}
	if conn, err := login(teacherName, gossh.PublicKeys(mine)); err == nil {
		_ = conn.Close()
		t.Error("a seat's key made a teacher")
	}
	r.mustTeacher(80, 24).sees("1 of 30 seats", "with a key")
}

func TestBadKeys(t *testing.T) {
	good := strings.TrimSpace(string(gossh.MarshalAuthorizedKey(mustKey(t).PublicKey())))
	for name, tt := range map[string]struct{ text, want string }{
		"nothing": {"\n# none\n", "holds no key"},
		"garbage": {good + "\nssh-ed25519 ???\n", ":2: this is no public key"},
		"options": {`command="id" ` + good, ":1: options before a key mean nothing here"},
		"private": {"-----BEGIN OPENSSH PRIVATE KEY-----\n", ":1: "},
	} {
		file := filepath.Join(t.TempDir(), "keys")
		if err := os.WriteFile(file, []byte(tt.text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := readKeys(file); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func mustKey(t *testing.T) gossh.Signer {
	t.Helper()
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := gossh.NewSignerFromKey(private)
	if err != nil {
		t.Fatal(err)
	}
	return signer
}

func TestListenAddress(t *testing.T) {
	for _, tt := range []struct {
		addr     string
		anywhere bool
		want     string // "" for refused.
	}{
		{"127.0.0.1:2222", false, "127.0.0.1:2222"}, {":2222", false, "127.0.0.1:2222"}, {"2222", false, "127.0.0.1:2222"},
		{"localhost:0", false, "127.0.0.1:0"}, {"[::1]:22", false, "[::1]:22"}, {"127.9.9.9:1", false, "127.9.9.9:1"},
		{"0.0.0.0:2222", false, ""}, {"[::]:2222", false, ""}, {"192.168.1.7:2222", false, ""}, {"example.org:2222", false, ""},
		{"0.0.0.0:2222", true, "0.0.0.0:2222"}, {":2222", true, ":2222"}, {"192.168.1.7:22", true, "192.168.1.7:22"},
		{"127.0.0.1:70000", true, ""}, {"127.0.0.1:ssh", true, ""}, {"a:b:c", true, ""},
	} {
		got, err := listenAddress(tt.addr, tt.anywhere)
		if got != tt.want || (err == nil) != (tt.want != "") || err != nil && exit.Of(err) != exit.Usage {
			t.Errorf("%q, anywhere %v: %q, %v", tt.addr, tt.anywhere, got, err)
		}
	}
}
