package classroom

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	gossh "golang.org/x/crypto/ssh"

	"optimist/shared/exit"
)

// hostKeyFile is the name of the host key in the data directory.
const hostKeyFile = "ssh_host_ed25519_key"

// Modes of what only its owner may read.
const (
	keyMode       fs.FileMode = 0o600
	directoryMode fs.FileMode = 0o700
)

// maxHostKey is more than a key's file has, in bytes.
const maxHostKey = 64 << 10

// hostKey reads the host key of a directory, and makes it the first time. A key
// that others can read is none.
func hostKey(dir string) (gossh.Signer, error) {
	path := filepath.Join(dir, hostKeyFile)
	signer, err := readHostKey(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return signer, err
	}
	if err := makeHostKey(path); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, exit.With(exit.Unknown, fmt.Errorf("make the host key: %w", err), "keep it elsewhere with --data DIR")
	}
	return readHostKey(path) // Mine, or that of a server that was faster.
}

func readHostKey(path string) (gossh.Signer, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, exit.With(exit.Unknown, fmt.Errorf("read the host key: %w", err), "")
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, exit.With(exit.Unknown, fmt.Errorf("read the host key: %w", err), "")
	}
	if mode := info.Mode().Perm(); mode&^keyMode != 0 {
		return nil, exit.With(exit.Usage, fmt.Errorf("the host key %s has mode %04o: others than its owner may read or change it", path, mode),
			"chmod 600 "+path+", or remove it to have a new one made")
	}
	text, err := io.ReadAll(io.LimitReader(file, maxHostKey))
	if err != nil {
		return nil, exit.With(exit.Unknown, fmt.Errorf("read the host key: %w", err), "")
	}
	signer, err := gossh.ParsePrivateKey(text)
	if err != nil {
		return nil, exit.With(exit.Usage, fmt.Errorf("the host key %s: %w", path, err), "remove it to have a new one made; clients will ask whether they may trust that")
	}
	return signer, nil
}

// makeHostKey writes a new key where there is none.
func makeHostKey(path string) error {
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return err
	}
	block, err := gossh.MarshalPrivateKey(private, "optimist serve")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), directoryMode); err != nil {
		return err
	}
	// Written whole beside it first: a key is there, or it is not.
	draft, err := os.CreateTemp(filepath.Dir(path), hostKeyFile+".*")
	if err != nil {
		return err
	}
	defer os.Remove(draft.Name())
	_, err = draft.Write(pem.EncodeToMemory(block))
	if err = errors.Join(err, draft.Sync(), draft.Close()); err != nil {
		return err
	}
	return os.Link(draft.Name(), path) // Unlike a rename, never over another.
}
