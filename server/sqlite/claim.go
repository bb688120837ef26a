package sqlite

import (
	"database/sql"
	"errors"
	"fmt"

	"optimist/shared/projection"
)

const selectClaim = "SELECT token, email, record, client, command_id, seq, last_seq FROM claims"

const upsertClaim = "INSERT OR REPLACE INTO claims (token, email, record, client, command_id, seq, last_seq) VALUES (?, ?, ?, ?, ?, ?, ?)"

// scanClaim reads a row of selectClaim.
func scanClaim(row scanner) (c projection.Claim, err error) {
	err = row.Scan(&c.Token, &c.Email, &c.Record, &c.Ref.Client, &c.Ref.Command, &c.Seq, &c.Last)
	return c, err
}

// Claim returns the claim of an email within the transaction, also one that has
// ended, or false.
func (tx *Tx) Claim(token string) (c projection.Claim, found bool, err error) {
	if found, err = tx.claim.first(token); found {
		c, err = scanClaim(&tx.claim)
	}
	if err != nil {
		return projection.Claim{}, false, fmt.Errorf("read claim of an email: %w", err)
	}
	return c, found, nil
}

// PutClaim writes the claim whole.
func (tx *Tx) PutClaim(c projection.Claim) error {
	if err := tx.putClaim.exec(c.Token, c.Email, c.Record, c.Ref.Client, c.Ref.Command, c.Seq, c.Last); err != nil {
		return fmt.Errorf("write claim of %s: %w", c.Email, err)
	}
	return nil
}

// Claim returns the committed claim of an email, also one that has ended, or
// false.
func (db *DB) Claim(token string) (projection.Claim, bool, error) {
	c, err := scanClaim(db.stmt.claim.QueryRow(token))
	if errors.Is(err, sql.ErrNoRows) {
		return projection.Claim{}, false, nil
	}
	if err != nil {
		return projection.Claim{}, false, fmt.Errorf("read claim of an email: %w", err)
	}
	return c, true, nil
}

// Claims returns every committed claim, in the order of tokens.
func (db *DB) Claims() ([]projection.Claim, error) {
	rows, err := db.read.Query(selectClaim + " ORDER BY token")
	if err != nil {
		return nil, fmt.Errorf("list claims: %w", err)
	}
	defer rows.Close()
	var list []projection.Claim
	for rows.Next() {
		c, err := scanClaim(rows)
		if err != nil {
			return nil, fmt.Errorf("list claims: %w", err)
		}
		list = append(list, c)
	}
	return list, rows.Err()
}
