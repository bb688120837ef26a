package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/nats-io/nats.go"
	"github.com/spf13/cobra"

	"optimist/client/remote"
	"optimist/shared/exit"
	"optimist/shared/fault"
	"optimist/shared/printable"
)

// faultCommand is a tree made of the faults themselves: fault HOP ACTION.
func faultCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "fault",
		Short:   "Arm, list and clear faults on a server that runs with --faults",
		Args:    knownCommand,
		RunE:    showHelp,
		Example: "optimist fault project stall --on created\noptimist fault project fail --forever --reason \"disk on fire\"\noptimist fault clear",
	}
	hops := map[string]*cobra.Command{}
	for _, kind := range fault.Kinds {
		hop, action, _ := strings.Cut(string(kind), " ")
		if hops[hop] == nil {
			hops[hop] = &cobra.Command{Use: hop, Short: "Faults at the hop: " + hop, Args: knownCommand, RunE: showHelp}
			cmd.AddCommand(hops[hop])
		}
		hops[hop].AddCommand(armCommand(kind, action))
	}
	cmd.AddCommand(faultListCommand(), faultClearCommand())
	return cmd
}

// armCommand arms one kind of fault.
func armCommand(kind fault.Kind, action string) *cobra.Command {
	var f serverFlags
	a := armFlags{add: fault.Fault{Kind: kind}}
	cmd := &cobra.Command{
		Use:   action,
		Short: kind.Help(),
		Args:  takes(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			add, err := a.fault(cmd.Flags().Changed)
			if err != nil {
				return exit.With(exit.Usage, err, "")
			}
			return f.onBoard(cmd, func(ctx context.Context, board remote.Faults) error {
				armed, err := board.Arm(ctx, add)
				if err != nil {
					return err
				}
				return f.printFaults(cmd, armed)
			})
		},
	}
	if kind.Crashes() {
		cmd.Long = kind.Help() + ". optimistd ends with 3 and says that a fault did it. Started again on its --data it goes on; " +
			"without --data, or inside the screen, it refuses this fault."
	}
	f.register(cmd)
	a.register(cmd)
	return cmd
}

func faultListCommand() *cobra.Command {
	var f serverFlags
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List what is armed",
		Args:  takes(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return f.onBoard(cmd, func(ctx context.Context, board remote.Faults) error {
				armed, err := board.List(ctx)
				if err != nil {
					return err
				}
				return f.printFaults(cmd, armed)
			})
		},
	}
	f.register(cmd)
	return cmd
}

func faultClearCommand() *cobra.Command {
	var f serverFlags
	cmd := &cobra.Command{
		Use:   "clear [NUMBER]",
		Short: "Clear one fault, or all",
		Args:  takes(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			id := 0
			if len(args) == 1 {
				n, err := strconv.Atoi(args[0])
				if err != nil || n < 1 {
					return exit.With(exit.Usage, fmt.Errorf("%q is not a fault's number", args[0]), "optimist fault list shows the numbers")
				}
				id = n
			}
			return f.onBoard(cmd, func(ctx context.Context, board remote.Faults) error {
				n, err := board.Clear(ctx, id)
				if err != nil {
					return err
				}
				_, err = fmt.Fprintf(cmd.OutOrStdout(), "cleared %d\n", n)
				return written(err)
			})
		},
	}
	f.register(cmd)
	return cmd
}

// onBoard connects and lets do speak to the server's board of faults.
func (f *serverFlags) onBoard(cmd *cobra.Command, do func(context.Context, remote.Faults) error) error {
	ctx, nc, done, err := f.connect(cmd.Context())
	if err != nil {
		return err
	}
	defer done()
	return boardError(nc, do(ctx, remote.FaultsOf(nc)))
}

// boardError tells a server that says no from one that cannot be reached.
func boardError(nc *nats.Conn, err error) error {
	if err != nil && nc.IsConnected() {
		return exit.With(exit.False, err, "")
	}
	return exit.With(exit.Unknown, err, "")
}

// printFaults writes what is armed, a line each.
func (f *serverFlags) printFaults(cmd *cobra.Command, armed []fault.Fault) error {
	for _, a := range armed {
		var err error
		if f.json {
			err = json.NewEncoder(cmd.OutOrStdout()).Encode(a)
		} else {
			_, err = fmt.Fprintln(cmd.OutOrStdout(), printable.Line(fmt.Sprintf("%d  %s  struck %d×", a.ID, a, a.Struck)))
		}
		if err != nil {
			return written(err)
		}
	}
	return nil
}
