package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"optimist/server/app"
	"optimist/server/eventlog"
	"optimist/shared/event"
	"optimist/shared/exit"
	"optimist/shared/printable"
	"optimist/shared/projection"
	"optimist/shared/protocol"
	"optimist/shared/user"
)

func dumpCommand() *cobra.Command {
	// With a RunE of its own a wrong word after it is an error, not a wish for help.
	cmd := &cobra.Command{
		Use: "dump", Short: "Print the log or the rows",
		Args: knownCommand, RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(
		dumpPart("log", "Print every event, oldest first", (*sourceFlags).dumpLog),
		dumpPart("rows", "Print every living user, by id", (*sourceFlags).dumpRows),
	)
	return cmd
}

func dumpPart(name, short string, dump func(*sourceFlags, context.Context, io.Writer) error) *cobra.Command {
	var f sourceFlags
	cmd := &cobra.Command{
		Use:   name + " (--server URL | --data DIR)",
		Short: short,
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return dump(&f, cmd.Context(), cmd.OutOrStdout()) },
	}
	f.register(cmd)
	return cmd
}

// dumpLog prints the log.
func (f *sourceFlags) dumpLog(ctx context.Context, w io.Writer) error {
	if f.data != "" {
		return f.withStore(ctx, func(s *app.Store) error { return f.printLog(ctx, s.Log, w) })
	}
	nc, err := f.connect()
	if err != nil {
		return err
	}
	defer nc.Close()
	log, err := eventlog.Open(ctx, nc, eventlog.Config{})
	if err != nil {
		return advise(err)
	}
	defer log.Close()
	return f.printLog(ctx, log, w)
}

// printLog prints the events that the log holds now.
func (f *sourceFlags) printLog(ctx context.Context, log *eventlog.Log, w io.Writer) error {
	end, err := log.End(ctx)
	if err != nil {
		return advise(err)
	}
	tail, err := log.Tail(ctx, 1)
	if err != nil {
		return advise(err)
	}
	defer tail.Close()
	for seq := uint64(0); seq < end; {
		ev, err := tail.Next(ctx)
		if err != nil {
			return advise(err)
		}
		if err := f.printEvent(w, ev); err != nil {
			return exit.With(exit.Unknown, err, "")
		}
		seq = ev.Seq
	}
	return nil
}

// printEvent writes one event: its envelope with its sequence before it.
func (f *sourceFlags) printEvent(w io.Writer, ev event.Event) error {
	if !f.json {
		_, err := fmt.Fprintln(w, printable.Line(eventText(ev)))
		return err
	}
	envelope, err := json.Marshal(ev)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "{\"seq\":%d,%s\n", ev.Seq, envelope[1:])
	return err
}

// eventText is an event for a person.
func eventText(ev event.Event) string {
	var b strings.Builder
	fmt.Fprintf(&b, "#%-6d %-9s", ev.Seq, ev.Kind)
	if claims := claimText(ev); claims != "" {
		return b.String() + " " + claims
	}
	for _, part := range []struct{ label, value string }{
		{"", ev.Record}, {"by ", ev.Client}, {"voids #", number(ev.Target)}, {"build ", number(ev.Build)},
		{"", string(ev.Code)}, {"", ev.Why},
	} {
		if part.value != "" {
			b.WriteString(" " + part.label + part.value)
		}
	}
	if ev.Kind.Changes() && ev.Patch.Set.Has(user.FieldName) {
		fmt.Fprintf(&b, " name=%q", ev.Patch.Name)
	}
	if ev.Kind.Changes() && ev.Patch.Set.Has(user.FieldEmail) {
		fmt.Fprintf(&b, " email=%s", ev.Patch.Email)
	}
	return strings.TrimRight(b.String(), " ")
}

// claimText is what an event about the claim of an email says, "" for others.
func claimText(ev event.Event) string {
	switch ev.Kind {
	case event.Reserved:
		return fmt.Sprintf("%s for %s by %s", ev.Patch.Email, ev.Record, ev.Client)
	case event.Released:
		return fmt.Sprintf("%s of %s by %s, reserved at #%d", ev.Patch.Email, ev.Record, ev.Client, ev.Target)
	default:
		return ""
	}
}

func number(n uint64) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n)
}

// dumpRows prints the living users.
func (f *sourceFlags) dumpRows(ctx context.Context, w io.Writer) error {
	if f.data != "" {
		return f.withStore(ctx, func(s *app.Store) error { return f.printStored(ctx, s, w) })
	}
	rows, err := f.fetchRows()
	if err != nil {
		return err
	}
	slices.SortFunc(rows, func(a, b protocol.Row) int { return strings.Compare(a.ID, b.ID) })
	return f.printRows(w, rows)
}

// fetchRows reads every row from the server, newest state last.
func (f *sourceFlags) fetchRows() ([]protocol.Row, error) {
	nc, err := f.connect()
	if err != nil {
		return nil, err
	}
	defer nc.Close()
	newest := map[string]protocol.Row{}
	q := protocol.Query{Ask: protocol.AskSync}
	for {
		var page protocol.Sync
		if err := ask(nc, f, q, &page); err != nil {
			return nil, err
		}
		if page.Full {
			clear(newest)
		}
		for _, r := range page.Rows {
			newest[r.ID] = r
		}
		if !page.More {
			break
		}
		q.Epoch, q.Since = page.Epoch, page.Next
	}
	rows := make([]protocol.Row, 0, len(newest))
	for _, r := range newest {
		rows = append(rows, r)
	}
	return rows, nil
}

// printStored prints the rows of a directory at rest, page by page.
func (f *sourceFlags) printStored(ctx context.Context, s *app.Store, w io.Writer) (err error) {
	db, err := s.Rows(ctx)
	if err != nil {
		return advise(err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	for after := ""; ; {
		records, err := db.List(after, protocol.MaxPage)
		if err != nil || len(records) == 0 {
			return advise(err)
		}
		rows := make([]protocol.Row, len(records))
		for i, r := range records {
			rows[i] = projection.RowOf(r)
		}
		if err := f.printRows(w, rows); err != nil {
			return err
		}
		after = records[len(records)-1].ID
	}
}

// printRows writes the living ones of rows.
func (f *sourceFlags) printRows(w io.Writer, rows []protocol.Row) error {
	for _, r := range rows {
		if r.Deleted || r.Version == 0 {
			continue
		}
		var err error
		if f.json {
			err = json.NewEncoder(w).Encode(dumpedRow{r.ID, r.Name, r.Email, r.Version, r.Seq})
		} else {
			_, err = fmt.Fprintln(w, printable.Line(rowText(r)))
		}
		if err != nil {
			return exit.With(exit.Unknown, err, "")
		}
	}
	return nil
}

// rowText is a row for a person. One whose change was written before its event
// has none yet, or never will: it stands at a dash.
func rowText(r protocol.Row) string {
	at := "–"
	if r.Seq > 0 {
		at = fmt.Sprintf("#%d", r.Seq)
	}
	return fmt.Sprintf("%-24s v%-4d %-7s %s <%s>", r.ID, r.Version, at, r.Name, r.Email)
}

// dumpedRow is a row as dump prints it.
type dumpedRow struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Email   string `json:"email"`
	Version uint64 `json:"version"`
	Seq     uint64 `json:"seq"`
}
