# Source: TanStack/db, packages/db/tests/collection-truncate.test.ts, "should preserve optimistic inserts when truncate completes before async mutation handler"
# Everything is loaded anew while a create has no answer: it stays on the screen
# without a gap, and its confirmation is told once.
connect
    moved
    sync epoch="" since=0
row r1 v=1 seq=2 name=Ada email=ada@example.org
row r2 v=1 seq=3 name=Bob email=bob@example.org
synced full to=3
    changed everything
    moved
create r3 name=Carl email=carl@example.org
    store A1 create r3 name=Carl email=carl@example.org writing
    -- on disk
    changed r3
    send A1 create r3 name=Carl email=carl@example.org
epoch e2
row r1 v=1 seq=2 name=Ada email=ada@example.org
row r2 v=1 seq=3 name=Bob email=bob@example.org
feed from=4 to=4
    sync epoch="e1" since=3
show r3
    pending name=Carl email=carl@example.org seen=1 log=- db=-
      pending A1 create r3 name=Carl email=carl@example.org sent
row r1 v=1 seq=2 name=Ada email=ada@example.org
row r2 v=1 seq=3 name=Bob email=bob@example.org
synced full to=4
    changed everything
    moved
    send A1 create r3 name=Carl email=carl@example.org
show r1
    confirmed name=Ada email=ada@example.org seen=1 log=1 db=1
show r3
    pending name=Carl email=carl@example.org seen=1 log=- db=-
      pending A1 create r3 name=Carl email=carl@example.org sent
accepted A1 seq=5 v=1
    changed r3
row r3 v=1 seq=5 name=Carl email=carl@example.org by=ann command=A1
feed from=4 to=5
    changed r3
    moved
    forget A1
    settled A1
show r3
    confirmed name=Carl email=carl@example.org seen=1 log=1 db=1
