# Source: TanStack/db, packages/db/tests/collection-truncate.test.ts, "should preserve optimistic delete when transaction still active during truncate"
# The reload brings the record that is being deleted: it is shown as under way
# still, and goes when the delete is confirmed.
connect
    moved
    sync epoch="" since=0
row r1 v=1 seq=2 name=Ada email=ada@example.org
row r2 v=1 seq=3 name=Bob email=bob@example.org
synced full to=3
    changed everything
    moved
delete r1
    store A1 delete r1 base=2 writing
    -- on disk
    changed r1
    send A1 delete r1 base=2
epoch e2
row r1 v=1 seq=2 name=Ada email=ada@example.org
row r2 v=1 seq=3 name=Bob email=bob@example.org
synced full to=4
    changed everything
    moved
    send A1 delete r1 base=2
show r1
    pending name=Ada email=ada@example.org seen=2 log=1 db=1 deleting
      pending A1 delete r1 base=2 sent
show r2
    confirmed name=Bob email=bob@example.org seen=1 log=1 db=1
accepted A1 seq=5 v=2
    changed r1
show r1
    pending name=Ada email=ada@example.org seen=2 log=2 db=1 deleting
      pending A1 delete r1 base=2 accepted #5
row r1 v=2 seq=5 name=Ada email=ada@example.org deleted by=ann command=A1
feed from=4 to=5
    changed r1
    moved
    forget A1
    settled A1
show r1
    nothing
