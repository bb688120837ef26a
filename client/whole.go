package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// writeWhole writes a file once all that goes into it is there. Where the disk has
// no room for it, there is what there was before: the old one, or none.
func writeWhole(path string, write func(io.Writer) error) error {
	var b bytes.Buffer
	err := write(&b)
	if err == nil {
		err = writeNew(path, b.Bytes())
	}
	if errors.Is(err, fs.ErrExist) {
		err = overwrite(path, b.Bytes())
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}

// writeNew writes a file that must not be there, and leaves no half of it.
func writeNew(path string, text []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	if err = errors.Join(err, f.Close()); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	return nil
}

// overwrite puts text into a file that is there, as a whole, or leaves it as it was.
// It stays what it is: one that must not be written is not, a link leads to the same
// file, and a device or a pipe is written to.
func overwrite(path string, text []byte) error {
	info, err := mayWrite(path)
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return os.WriteFile(path, text, 0)
	}
	file, err := filepath.EvalSymlinks(path)
	if err != nil {
		return err
	}
	return replace(file, text, info.Mode().Perm())
}

// mayWrite returns what a file is, or why it cannot be written.
func mayWrite(file string) (fs.FileInfo, error) {
	info, err := os.Stat(file)
	if err != nil || !info.Mode().IsRegular() {
		return info, err
	}
	f, err := os.OpenFile(file, os.O_WRONLY, 0)
	if err != nil {
		return nil, err
	}
	return info, f.Close()
}

// replace puts a file of that text in the place of another.
func replace(file string, text []byte, mode fs.FileMode) error {
	beside, err := os.CreateTemp(filepath.Dir(file), "."+filepath.Base(file)+"-*")
	if errors.Is(err, fs.ErrPermission) { // The directory is not ours to change; the file is.
		return os.WriteFile(file, text, mode)
	}
	if err != nil {
		return err
	}
	_, err = beside.Write(text)
	err = errors.Join(err, beside.Chmod(mode), beside.Close())
	if err == nil {
		err = os.Rename(beside.Name(), file)
	}
	if err != nil {
		return errors.Join(err, os.Remove(beside.Name()))
	}
	return nil
}
