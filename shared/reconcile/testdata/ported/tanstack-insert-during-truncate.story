# Source: TanStack/db, packages/db/tests/collection-truncate.test.ts, "should preserve optimistic inserts started after truncate begins"
# A create that is typed after the reload was asked for, and before it is here,
# is shown at once and survives it.
connect
    moved
    sync epoch="" since=0
row r1 v=1 seq=2 name=Ada email=ada@example.org
synced full to=2
    changed everything
    moved
epoch e2
feed from=0 to=3
    sync epoch="e1" since=2
create r2 name=Late email=late@example.org
    store A1 create r2 name=Late email=late@example.org writing
    -- on disk
    changed r2
    send A1 create r2 name=Late email=late@example.org
show r2
    pending name=Late email=late@example.org seen=1 log=- db=-
      pending A1 create r2 name=Late email=late@example.org sent
row r1 v=1 seq=2 name=Ada email=ada@example.org
synced full to=3
    changed everything
    moved
    send A1 create r2 name=Late email=late@example.org
show r1
    confirmed name=Ada email=ada@example.org seen=1 log=1 db=1
show r2
    pending name=Late email=late@example.org seen=1 log=- db=-
      pending A1 create r2 name=Late email=late@example.org sent
undo r2
    store A2 delete r2 cause=A1 writing
    -- on disk
    changed r2
    send A2 delete r2 cause=A1
show r2
    pending name=Late email=late@example.org seen=2 log=- db=- deleting
      pending A1 create r2 name=Late email=late@example.org sent
      pending A2 delete r2 cause=A1 sent
