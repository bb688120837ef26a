package remote

import (
	"strconv"
	"sync"
	"time"

	"optimist/shared/protocol"
)

// AnswerKept is how long an answer to a command is still waited for. The
// replica has asked again long before; a late answer is news all the same.
const AnswerKept = time.Minute

// about says what a question is about.
type about uint8

const (
	aboutCommand about = iota + 1
	aboutCommands
	aboutOutcome
	aboutSync
)

// question is something asked of the server and not answered yet.
type question struct {
	about about
	id    string   // Of the command.
	ids   []string // Of the commands that are not answered yet, if it is about several.
	until int64    // When it is given up.
}

// ledger knows what was asked, by the token that its answer will come under:
// what was not asked for, or is answered already, is ignored.
type ledger struct {
	now func() int64

	mu    sync.Mutex
	last  uint64
	asked map[string]question
	page  string         // The token of the resync's page under way; "" if none is.
	sync  *protocol.Sync // Its pages so far; nil before the first.
}

func newLedger(now func() int64) *ledger {
	return &ledger{now: now, asked: map[string]question{}}
}

// add notes a question and returns its token.
func (l *ledger) add(q question) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.note(q, AnswerKept)
}

func (l *ledger) note(q question, wait time.Duration) string {
	l.last++
	token := strconv.FormatUint(l.last, 36)
	q.until = l.now() + wait.Milliseconds()
	l.asked[token] = q
	return token
}

// take returns what was asked under token, once.
func (l *ledger) take(token string) (question, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	q, ok := l.asked[token]
	delete(l.asked, token)
	return q, ok
}

// putBack notes that not all was answered of what was asked under token.
func (l *ledger) putBack(token string, q question) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.asked[token] = q
}

// beginSync starts a resync in the place of any other.
func (l *ledger) beginSync() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.forgetSync()
}

// dropSync ends the resync under way.
func (l *ledger) dropSync() { l.beginSync() }

func (l *ledger) forgetSync() {
	delete(l.asked, l.page)
	l.page, l.sync = "", nil
}

// addPage notes the question for the resync's next page.
func (l *ledger) addPage() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.page = l.note(question{about: aboutSync}, PageTimeout)
	return l.page
}

// gather takes the page that came under token and returns the whole resync so
// far, or nil if it is not of the resync under way. A page of another epoch, or
// one that is full from the start, begins it anew.
func (l *ledger) gather(token string, page *protocol.Sync) *protocol.Sync {
	l.mu.Lock()
	defer l.mu.Unlock()
	if token != l.page {
		return nil
	}
	whole := l.sync
	if whole == nil || whole.Epoch != page.Epoch {
		whole = page
	} else {
		whole.Rows = append(whole.Rows, page.Rows...)
		whole.Rejected = append(whole.Rejected, page.Rejected...)
		whole.To, whole.Change, whole.Next, whole.More = page.To, page.Change, page.Next, page.More
	}
	l.page, l.sync = "", whole
	if !whole.More {
		l.sync = nil
	}
	return whole
}

// endSync ends the resync whose page was asked for under token, and reports
// whether it was the one under way.
func (l *ledger) endSync(token string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if token != l.page {
		return false
	}
	l.forgetSync()
	return true
}

// expire forgets what was asked too long ago, and reports whether the resync
// under way was among it.
func (l *ledger) expire() (lostSync bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	for token, q := range l.asked {
		if now < q.until {
			continue
		}
		delete(l.asked, token)
		if token == l.page {
			l.forgetSync()
			lostSync = true
		}
	}
	return lostSync
}
