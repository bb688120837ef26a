# Source: rocicorp/mono, packages/replicache/src/sync/pull.test.ts, "maybe end try pull": "another sync landed during replay"
# The answer to a pull of long ago lands after a newer one: it takes nothing back,
# neither a row nor the position, and what was confirmed stays confirmed.
connect
    moved
    sync epoch="" since=0
row r1 v=1 seq=5 change=5 name=Ada email=ada@example.org
synced full to=5
    changed everything
    moved
edit r1 name=B
    store A1 edit r1 name=B base=5 writing
    -- on disk
    changed r1
    send A1 edit r1 name=B base=5
accepted A1 seq=6 v=2
    changed r1
disconnect
    moved
connect
    moved
    sync epoch="e1" since=5
row r1 v=2 seq=6 change=6 name=B email=ada@example.org by=ann command=A1
synced to=6
    changed r1
    moved
    forget A1
    settled A1
synced to=5
    moved
row r1 v=1 seq=5 change=5 name=Ada email=ada@example.org
synced to=5
    moved
show r1
    confirmed name=B email=ada@example.org seen=2 log=2 db=2
feed from=6 to=7
    moved
next
    never
