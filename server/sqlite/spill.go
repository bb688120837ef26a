package sqlite

// SQLite comes compiled into go-sqlite3, which has neither a way to this one call
// of it nor a header for others, so what is needed is declared here.

/*
typedef struct sqlite3 sqlite3;
typedef struct sqlite3_context sqlite3_context;
typedef struct sqlite3_value sqlite3_value;

int sqlite3_auto_extension(void (*)(void));
int sqlite3_create_function(sqlite3 *, const char *, int, int, void *,
	void (*)(sqlite3_context *, int, sqlite3_value **), void *, void *);
int sqlite3_db_cacheflush(sqlite3 *);
sqlite3 *sqlite3_context_db_handle(sqlite3_context *);
void sqlite3_result_error_code(sqlite3_context *, int);

enum { ok = 0, utf8 = 1 };

static void spill(sqlite3_context *ctx, int n, sqlite3_value **args) {
	int code = sqlite3_db_cacheflush(sqlite3_context_db_handle(ctx));
	if (code != ok) sqlite3_result_error_code(ctx, code);
}

static int extend(sqlite3 *db, char **why, const void *api) {
	return sqlite3_create_function(db, "spill", 0, utf8, 0, spill, 0, 0);
}

static int extend_all(void) { return sqlite3_auto_extension((void (*)(void))extend); }
*/
import "C"

import "fmt"

// offerSpill has every connection that is opened from now on know the SQL function
// spill(). If there is no memory for that, a Tx cannot be prepared. Once or often
// is the same.
func offerSpill() { C.extend_all() }

// Spill writes what the transaction has changed so far to the write-ahead log,
// where it is of no effect before Commit, which has so much less left to do. What
// changes again after it is written twice.
func (tx *Tx) Spill() error {
	if err := tx.spill.exec(); err != nil {
		return fmt.Errorf("spill: %w", err)
	}
	return nil
}
