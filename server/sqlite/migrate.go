package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var migrations embed.FS

// applicationID is what the first migration writes into the file's header.
const applicationID = 1330664525

// ErrForeign says that the file is a database of another program.
var ErrForeign = errors.New("the database belongs to another program")

// ErrNewer says that a newer version of this program wrote the file.
var ErrNewer = errors.New("the schema is newer than this program")

// migrate brings the schema up to date.
func migrate(ctx context.Context, db *sql.DB) error {
	if err := checkOwner(ctx, db); err != nil {
		return err
	}
	dir, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, db, dir, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fmt.Errorf("read migrations: %w", err)
	}
	current, target, err := p.GetVersions(ctx)
	switch {
	case err != nil:
		return fmt.Errorf("read schema version: %w", err)
	case current > target:
		return fmt.Errorf("%w: version %d, but %d is the newest it knows", ErrNewer, current, target)
	case current == target:
		return nil
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate schema: %w", err)
	}
	return nil
}

// checkOwner refuses a database that this program did not make. An empty one
// is as good as none.
func checkOwner(ctx context.Context, db *sql.DB) error {
	var id, tables int
	row := db.QueryRowContext(ctx, "SELECT (SELECT application_id FROM pragma_application_id), count(*) FROM sqlite_schema")
	if err := row.Scan(&id, &tables); err != nil {
		return err
	}
	if id == applicationID || id == 0 && tables == 0 {
		return nil
	}
	return ErrForeign
}
