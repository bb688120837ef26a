# Source: powersync-ja/powersync-js, packages/node/tests/sync.test.ts, "interrupted sync with new checkpoint"
# The connection breaks in the middle of a load. Nothing of it is on the screen,
# the next one goes on from the same place, and by then there is more to load.
connect
    moved
    sync epoch="" since=0
row r1 v=1 seq=5 change=5 name=Ada email=ada@example.org
synced full to=5
    changed everything
    moved
disconnect
    moved
edit r1 name=B
    store A1 edit r1 name=B base=5 writing
    -- on disk
    changed r1
connect
    moved
    sync epoch="e1" since=5
    changed r1
    send A1 edit r1 name=B base=5
row r1 v=2 seq=7 change=7 name=X email=x@example.org by=bob command=B1
feed from=6 to=7
disconnect
    moved
show r1
    pending name=B email=ada@example.org seen=2 log=1 db=1
      pending A1 edit r1 name=B base=5 sent
connect
    moved
    sync epoch="e1" since=5
    send A1 edit r1 name=B base=5
row r1 v=3 seq=8 change=8 name=Y email=y@example.org by=bob command=B2
row r2 v=1 seq=6 change=6 name=Bob email=bob@example.org by=bob command=B0
synced to=8
    changed r1
    changed r2
    moved
show r1
    pending name=B email=y@example.org seen=4 log=3 db=3
      pending A1 edit r1 name=B base=5 sent
show r2
    confirmed name=Bob email=bob@example.org seen=1 log=1 db=1
