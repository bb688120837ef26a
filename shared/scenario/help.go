package scenario

// Help is the language on one screen, for whoever writes a scenario.
const Help = `A scenario is one line a step. After each line everything moves that can, except what is held.

  # title: The edit that came too early      # level: 1      # note: for the presenter
  use strategy check-projection              or: use strategy reconcile validate=projection
  given eve name="Eve" email=eve@example.org confirmed before the story begins
  client alice bob                           the people; their intents are alice.1, alice.2 ...
  hold all|server|projector|replies|feed     close gates; release opens them again
  alice create ada name="Ada" email=ada@example.org
  alice edit ada name="Ada Lovelace"         also: delete, dismiss, undo, retry [FIELD=...]
  server handle alice.1                      one step through a held gate; also: project [N],
                                             deliver reply alice.1, deliver feed alice
  alice disconnect|reconnect|crash|restart   also: server crash, server restart
  fault project fail times=2 on=ada          also: append refuse|lose-ack|slow=1s, reply drop,
                                             project stall|crash-before-commit|crash-after-commit|
                                             crash-after-reject, feed drop|repeat|late=1s; clear faults
  wait 2s                                    virtual time; stabilize lets everything come to rest
  expect alice sees ada name="Ada" pending   or confirmed, rolled-back; expect alice sees no ada
  expect alice.2 rolled-back not_found       or queued, sent, accepted, confirmed
  expect log alice.1 alice.2                 expect rows ada name="Ada"; rows none; no row ada
  expect anomaly spurious-rejection alice.2  expect no anomaly; expect converged
  [strategy=check-log,reconcile] expect ...  only under these; != for all others
  > Narration.                               ? A question, then - options and one * right answer
`
