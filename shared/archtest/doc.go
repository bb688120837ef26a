// Package archtest holds only tests. They read the tree as text and fail when a
// file breaks the two rules that the design rests on:
//
// The import rule says who may know whom. shared decides, server and client do,
// scenarios shows:
//
//	shared                        → shared
//	shared/{user,event,protocol,strategy,fault,
//	        projection,reconcile} → vocabulary: user, event, protocol, strategy, fault
//	shared/explore                → nothing of ours
//	server                        → shared, server
//	client                        → shared, scenarios, client
//	server/app                    ← client's main package, client/live, tests of client
//	scenarios                     → nothing of ours; its tests: shared, client/story, client/live
//	shared/spelling               ← everybody
//
// The purity rule says that shared has no I/O, goroutine, channel, clock or
// randomness, and that the cores, the simulator and the checkers never iterate
// over a map: the same inputs give the same effects, in the same order, whoever
// drives them. Its tests are exempt from it.
//
// A rule is one line of a table in this package. Whoever needs an exception
// changes that line and says why in the commit.
package archtest
