package decide_test

import "optimist/shared/user"

// create, edit and remove are commands of ada on u1.
func create(id string) user.Command {
	return user.Command{
		Ref: user.Ref{Client: "ada", Command: id}, Record: "u1", Op: user.Create,
		Patch: user.SetBoth("Ada", "ada@x.org"),
	}
}

func edit(id, name string) user.Command {
	return user.Command{Ref: user.Ref{Client: "ada", Command: id}, Record: "u1", Op: user.Edit, Patch: user.SetName(name)}
}

func remove(id string) user.Command {
	return user.Command{Ref: user.Ref{Client: "ada", Command: id}, Record: "u1", Op: user.Delete}
}

// of returns c on another record, by another client.
func of(client, record string, c user.Command) user.Command {
	c.Client, c.Record = client, record
	return c
}

// on returns c typed on the own command cause.
func on(cause string, c user.Command) user.Command {
	c.Cause = user.Ref{Client: c.Client, Command: cause}
	return c
}

// to returns c that sets the email.
func to(email string, c user.Command) user.Command {
	c.Patch = user.SetEmail(email).Over(c.Patch)
	return c
}
