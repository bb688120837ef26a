package strategy

// accounts is what is said of each preset, by its name.
var accounts = map[string]account{
	"dual-write": {
		"Change first. The server checks a command against the row, writes the row, answers “confirmed”, and only then " +
			"appends the event, once. A person sees every change confirmed as soon as the server answers. But if the store " +
			"refuses the append, or the server stops between the two, the log never hears of the change, and nobody is told: " +
			"a rebuild, and everybody who reads the log, does without it. Choose it to see why the two must be one.",
		"What fails between the row and the append loses the event: log and rows differ from then on, and nobody knows.",
	},
	"outbox": {
		"Change first, as it should be done. The row and an outbox entry with the event are written in one transaction, the " +
			"answer is “confirmed”, and a relay appends the entries in order until the log has them, after a crash too. The " +
			"projector meets these events again and only notes their places in the log. A person sees every change confirmed " +
			"as soon as the server answers, and it stays. Choose it where a service's own database decides and others may hear of it later.",
		"The rows decide and the log follows: it is behind them, and whoever reads it knows less than the screen.",
	},
	"fire-and-forget": {
		"The server appends what arrives and checks nothing; the client takes “accepted” for success and looks no further. " +
			"What is illegal, or fails in the read model, is given up there and nobody is told: a person sees the change " +
			"confirmed until the rows have passed it by, and then it is gone without a word. Choose it for what can be lost " +
			"and cannot be refused, such as clicks.",
		"A failure is silent: what was shown as confirmed vanishes, and the log keeps events that no row has.",
	},
	"check-projection": {
		"The question's own design: event first, but a command is checked against the row in SQLite. A create is accepted " +
			"once it is in the log. An edit that arrives before the projector has written the row is refused with not_found, " +
			"though the log has the record, and a person sees their edit rolled back. Failures in the read model are told at " +
			"once and logged. Choose it to see the race, or where nobody edits what was just made.",
		"An edit of a record that is not in the rows yet is refused without need, on a healthy day.",
	},
	"wait": {
		"Like check-projection, but the answer waits until the read model has the event's fate, so that nothing answered is " +
			"undone later. A person sees a change pending for as long as the projection takes. After two seconds the answer " +
			"is “unknown”, which is no verdict, and the client asks again in its own time. An edit that is typed before the " +
			"answer is still refused. Choose it for a form that stays closed until it is saved.",
		"Every answer takes as long as the projection; when that stalls, nobody is told more than “unknown”.",
	},
	"check-log": {
		"A command is checked against the record as the log tells it, with an expected version at the append, so that an " +
			"edit right after its create is accepted. When the read model gives an event up, nothing is logged and nobody is " +
			"told: the client finds out by asking about what was accepted, and an edit does not fall with its create but fails " +
			"by itself. A person sees a change pending until then. Choose it for clients that nobody can push to.",
		"Failures are found late, by looking, and the log keeps what no row has: a rebuild brings it back to life.",
	},
	"hold": {
		"Like reconcile, but the client keeps a change of a pending record back until the change it was typed on is confirmed. " +
			"A person sees it over the row at once, as queued. If the create is rolled back, what was held back for it " +
			"falls without ever having been sent. Choose it in front of a back end that checks the projection and cannot be changed.",
		"A change waits in the client for the one before it: a stalled projector stops them all, and nobody else sees them.",
	},
	"read-log": {
		"Like reconcile, but the list is folded from the log, without an overlay. A person sees a change once its event is in " +
			"the log, before the row is there; what is only typed is not seen. When the read model gives an event up, its " +
			"rejection takes it out of the list again. Choose it where the screen is to agree with the source of truth and not with the rows.",
		"What was typed is not seen until the log has it, and clients need the log or a fold of it.",
	},
	"server-id": {
		"Like reconcile, but the id that is shown is made by the server: the create's place in the log, such as #7. Until " +
			"the answer brings it a temporary one is shown. If the new row arrives before the answer, the client cannot know " +
			"that it is its own, and a person sees the record twice until then. Choose it where ids must come from the server.",
		"A record changes its id under one's eyes and may be seen twice, and nothing can be linked to before the answer.",
	},
	"natural-key": {
		"Like reconcile, but the record's id is made of the email, so that whoever creates the same user means the same " +
			"record: the second create is refused with exists, and is of another record when it is tried again with another email. An edit " +
			"of the email is refused with email_fixed. A person needs no other id and can write to a record before " +
			"anybody answered. Choose it where the key never changes.",
		"The key can never change: a mistyped email means to delete the record and to make it anew.",
	},
	"reconcile": {
		"The recommended one. The client makes the ids, shows its pending changes over the rows and sends them at once. They " +
			"are checked against the log with an expected version, so that an edit right after its create is accepted. What " +
			"the read model gives up gets a rejection in the log, what was typed on a rejected create falls with it, and every " +
			"client is told at once. A person sees pending, then confirmed, or rolled back with the reason and their text kept. " +
			"Choose it unless something speaks against it.",
		"Accepted is not final: a change can still be rolled back, and all that was typed on it with it.",
	},
	"reserve": {
		"Like reconcile, but an email is reserved in the log, in one atomic batch with the create, so that the second of two " +
			"users with one email is refused with email_taken at once, and not rolled back after it was accepted. An edit " +
			"of the email moves the claim; a delete or a rejection releases it. A user who claims nothing, since they came by another " +
			"strategy, keeps their email as soon as their row is there. Choose it where a unique field is fought over and a late rollback is dear.",
		"Two or three events for each change of an email, and who writes by another strategy is noticed late, by their row.",
	},
}
