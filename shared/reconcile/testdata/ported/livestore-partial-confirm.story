# Source: livestorejs/livestore, packages/@livestore/common/src/sync/syncstate.test.ts, "should confirm partial pending event when receiving matching event"
# Of two pending changes the first one comes back: it alone is confirmed, and the
# screen does not move.
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
edit r1 name=B
    store A2 edit r1 name=B cause=A1 writing
    -- on disk
    changed r1
    send A2 edit r1 name=B cause=A1
row r1 v=1 seq=6 born=6 name=Ada email=ada@example.org by=ann command=A1
feed from=5 to=6
    changed r1
    moved
show r1
    pending name=B email=ada@example.org seen=2 log=1 db=1 shown=A2
      pending A1 create r1 name=Ada email=ada@example.org sent
      pending A2 edit r1 name=B cause=A1 sent
accepted A1 seq=6 v=1
    changed r1
    forget A1
    settled A1
show r1
    pending name=B email=ada@example.org seen=2 log=1 db=1
      pending A2 edit r1 name=B cause=A1 sent
