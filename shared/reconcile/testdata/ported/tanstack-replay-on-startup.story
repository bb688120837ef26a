# Source: TanStack/db, packages/offline-transactions/tests/offline-e2e.test.ts, "replays persisted transactions on startup"
# The program ends while a change keeps failing to go out. The next one finds it
# in the outbox, sends it under its old id, and forgets it when it is done.
connect
    moved
    sync epoch="" since=0
synced full to=5
    changed everything
    moved
create r1 name=Ada email=ada@example.org
    store A1 create r1 name=Ada email=ada@example.org writing
    -- on disk
    changed r1
    send A1 create r1 name=Ada email=ada@example.org
retry-later A1
    changed r1
restart
    changed r1
show r1
    pending name=Ada email=ada@example.org seen=1 log=- db=-
      pending A1 create r1 name=Ada email=ada@example.org queued
connect
    moved
    sync epoch="" since=0
    changed r1
    send A1 create r1 name=Ada email=ada@example.org
synced full to=5
    changed everything
    moved
    send A1 create r1 name=Ada email=ada@example.org
retry-later A1
    changed r1
tick after=49
tick after=151
    changed r1
    send A1 create r1 name=Ada email=ada@example.org
accepted A1 seq=6 v=1
    changed r1
row r1 v=1 seq=6 name=Ada email=ada@example.org by=ann command=A1
feed from=5 to=6
    changed r1
    moved
    forget A1
    settled A1
restart
show r1
    nothing
