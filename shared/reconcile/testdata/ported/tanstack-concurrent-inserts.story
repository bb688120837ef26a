# Source: TanStack/db, packages/db/tests/concurrent-mutations.test.ts, "should emit change events for both optimistic inserts and sync completions"
# Two creates under way at once: each shows, and each completion is told, alone
# and once. The second is done first.
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
create r2 name=Bob email=bob@example.org
    store A2 create r2 name=Bob email=bob@example.org writing
    -- on disk
    changed r2
    send A2 create r2 name=Bob email=bob@example.org
accepted A2 seq=6 v=1
    changed r2
row r2 v=1 seq=6 name=Bob email=bob@example.org by=ann command=A2
feed from=5 to=6
    changed r2
    moved
    forget A2
    settled A2
show r1
    pending name=Ada email=ada@example.org seen=1 log=- db=-
      pending A1 create r1 name=Ada email=ada@example.org sent
show r2
    confirmed name=Bob email=bob@example.org seen=1 log=1 db=1
accepted A1 seq=7 v=1
    changed r1
row r1 v=1 seq=7 name=Ada email=ada@example.org by=ann command=A1
feed from=6 to=7
    changed r1
    moved
    forget A1
    settled A1
show r1
    confirmed name=Ada email=ada@example.org seen=1 log=1 db=1
show r2
    confirmed name=Bob email=bob@example.org seen=1 log=1 db=1
