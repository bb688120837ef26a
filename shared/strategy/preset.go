package strategy

// Default is the strategy of a server that was not told another.
const Default = "reconcile"

// presets holds every strategy that has a name of its own: change first, then
// event first, from the plain to the recommended.
var presets = [...]Strategy{
	{
		Name: "dual-write", Write: RowThenEvent, Validate: ByProjection, Compensation: NoCompensation,
		Summary: "writes the row, then tries the log once",
	},
	{
		Name: "outbox", Write: RowAndOutbox, Validate: ByProjection,
		Summary: "row and outbox in one transaction",
	},
	{
		Name: "fire-and-forget", Validate: ByNothing, Feedback: NoFeedback, Compensation: NoCompensation,
		Summary: "accepted is taken for success",
	},
	{
		Name: "check-projection", Validate: ByProjection,
		Summary: "asks SQLite: the question's own design",
	},
	{
		Name: "wait", Validate: ByProjection, Reply: WhenProjected,
		Summary: "the answer waits for the row",
	},
	{
		Name: "check-log", Feedback: Poll, Compensation: NoCompensation,
		Summary: "asks the log; failures found by looking",
	},
	{
		Name: "hold", Dependents: HoldDependents,
		Summary: "keeps edits of a pending record back",
	},
	{
		Name: "read-log", Read: FoldedLog,
		Summary: "the list is folded from the log",
	},
	{
		Name: "server-id", Identity: ByServer,
		Summary: "the id shown comes from the server",
	},
	{
		Name: "natural-key", Identity: ByEmail,
		Summary: "the email is the id",
	},
	{
		Name:    "reconcile",
		Summary: "asks the log; failures are told at once",
	},
	{
		Name: "reserve", UniqueEmail: ReservedInLog,
		Summary: "and the email is reserved in the log",
	},
}

// All returns the presets. The caller may keep the slice.
func All() []Strategy { return append([]Strategy(nil), presets[:]...) }

// Names returns the names of All, in its order.
func Names() []string {
	names := make([]string, len(presets))
	for i := range presets {
		names[i] = presets[i].Name
	}
	return names
}

// presetAt returns the place of the preset of that name, or -1.
func presetAt(name string) int {
	for i := range presets {
		if presets[i].Name == name {
			return i
		}
	}
	return -1
}
