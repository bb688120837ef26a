# Source: livestorejs/livestore, packages/@livestore/common/src/sync/syncstate.test.ts, "should rollback until start"
# The past itself is replaced: what was confirmed in it is not shown any more,
# and the pending change is laid over the new one and asked for again.
connect
    moved
    sync epoch="" since=0
row r1 v=1 seq=2 name=Ada email=ada@example.org
synced full to=2
    changed everything
    moved
edit r1 name=B
    store A1 edit r1 name=B base=2 writing
    -- on disk
    changed r1
    send A1 edit r1 name=B base=2
accepted A1 seq=3 v=2
    changed r1
row r1 v=2 seq=3 name=B email=ada@example.org by=ann command=A1
feed from=2 to=3
    changed r1
    moved
    forget A1
    settled A1
edit r1 email=mine@example.org
    store A2 edit r1 email=mine@example.org base=3 writing
    -- on disk
    changed r1
    send A2 edit r1 email=mine@example.org base=3
accepted A2 seq=4 v=3
    changed r1
epoch e2
row r1 v=1 seq=2 name=Other email=other@example.org by=bob command=B1
row r2 v=1 seq=3 name=Carl email=carl@example.org by=bob command=B2
synced full to=3
    changed everything
    moved
    send A2 edit r1 email=mine@example.org base=3
show r1
    pending name=Other email=mine@example.org seen=2 log=1 db=1
      pending A2 edit r1 email=mine@example.org base=3 sent
show r2
    confirmed name=Carl email=carl@example.org seen=1 log=1 db=1
accepted A2 seq=4 v=2 epoch=e1
    sync epoch="e2" since=3
accepted A2 seq=4 v=2
    changed r1
row r1 v=2 seq=4 name=Other email=mine@example.org by=ann command=A2
feed from=3 to=4
sync-failed
tick after=1000
    sync epoch="e2" since=3
row r1 v=2 seq=4 name=Other email=mine@example.org by=ann command=A2
synced to=4
    changed r1
    moved
    forget A2
    settled A2
show r1
    confirmed name=Other email=mine@example.org seen=2 log=2 db=2
