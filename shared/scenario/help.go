package scenario

// Help is the language on one screen, for whoever writes a scenario. It is as
// wide as the help of a command is on a terminal of 80 columns.
const Help = `A scenario is one line a step. After each line everything moves that can,
except what is held.

  # title: The edit that came too early    also # level: 1, # note: TEXT and
                                           # lesson:, # takeaway:, # compare:
  use strategy check-projection            or reconcile validate=projection
  given eve name="Eve" email=e@example.org
  client alice bob                         what they do: alice.1, alice.2 ...
  hold all|server|projector|replies|feed   release opens the gates again
  alice create ada name="Ada" email=ada@example.org
  alice edit ada name="Ada Lovelace"       delete, dismiss, undo,
                                           retry [FIELD=...]
  server handle alice.1                    one step past a held gate; project
                                           [N], deliver reply alice.1,
                                           deliver feed alice
  alice disconnect|reconnect|crash|restart
  server crash|restart
  fault project fail times=2 on=ada        project stall|crash-before-commit|
                                           crash-after-commit|
                                           crash-after-reject, append
                                           refuse|lose-ack|slow=1s, reply
                                           drop, feed drop|repeat|late=1s
  clear faults
  wait 2s                                  of virtual time
  stabilize                                everything comes to rest
  expect alice sees ada name="Ada" pending
                                           confirmed, rolled-back; no ada
  expect alice.2 rolled-back not_found     queued, sent, accepted, confirmed
  expect log alice.1 alice.2
  expect rows ada name="Ada"               rows none, no row ada
  expect anomaly spurious-rejection alice.2
                                           no anomaly, converged
  [strategy=check-log,reconcile] STEP      only under these; != all others
  > Narration.                             ? A question, then - and * lines:
                                           options, and the one right answer;
                                           behind -- check -- for the end
`
