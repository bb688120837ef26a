# Source: rocicorp/mono, packages/replicache/src/sync/pull.test.ts, "maybe end try pull": "3 pending, 2 to replay"
# The pull covers the first of three changes of one record: the other two are
# laid over it again, in the order typed, and the first one is not.
connect
    moved
    sync epoch="" since=0
row r1 v=1 seq=5 name=Ada email=ada@example.org
synced full to=5
    changed everything
    moved
edit r1 name=B
    store A1 edit r1 name=B base=5 writing
    -- on disk
    changed r1
    send A1 edit r1 name=B base=5
edit r1 email=c@example.org
    store A2 edit r1 email=c@example.org cause=A1 base=5 writing
    -- on disk
    changed r1
    send A2 edit r1 email=c@example.org cause=A1 base=5
edit r1 name=D
    store A3 edit r1 name=D cause=A2 base=5 writing
    -- on disk
    changed r1
    send A3 edit r1 name=D cause=A2 base=5
accepted A1 seq=6 v=2
    changed r1
disconnect
    moved
connect
    moved
    sync epoch="e1" since=5
    send A2 edit r1 email=c@example.org cause=A1 base=5
    send A3 edit r1 name=D cause=A2 base=5
row r1 v=2 seq=6 name=B email=ada@example.org by=ann command=A1
synced to=6
    changed r1
    moved
    forget A1
    settled A1
show r1
    pending name=D email=c@example.org seen=4 log=2 db=2
      pending A2 edit r1 email=c@example.org cause=A1 base=5 sent
      pending A3 edit r1 name=D cause=A2 base=5 sent
refused A3 code=conflict
    store A3 edit r1 name=D cause=A2 base=5 rolled-back conflict
    fell A3 edit r1 name=D cause=A2 base=5 rolled-back conflict
    changed r1
show r1
    pending name=B email=c@example.org seen=3 log=2 db=2
      pending A2 edit r1 email=c@example.org cause=A1 base=5 sent
      tray A3 edit r1 name=D cause=A2 base=5 rolled-back conflict
