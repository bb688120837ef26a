// Package anomaly judges a trace: it finds what went wrong for a person, a
// screen or a store, names it, and says it in one sentence. The same checkers
// judge a simulated world, a scripted run on real parts and an interactive
// session.
//
// The terms. The log's fold of a record applies its events in order with
// user.Legal and user.Evolve; it leaves out what a rejection in the log voids,
// what was typed on a create that one voids and so falls with it, what is
// illegal where it stands, and the second event of one command. What the read
// model gave up for good (Skipped) still stands in that fold unless the log says
// otherwise; rows are compared with the fold less what was given up. An intent
// conflicts if another client changed a field that it sets after its base. An
// intent is shown while its screen has it, a later intent of the same person, or
// a row at or past its event.
//
// What no strategy can prevent is a price, not a defect, and so marked: broken
// promises, cascades and the orphans of a create that was given up, wherever
// rejections are logged; what is stuck while a client is cut off or the
// projector is stalled.
package anomaly
