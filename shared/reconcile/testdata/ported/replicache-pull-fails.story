# Source: rocicorp/mono, packages/replicache/src/sync/pull.test.ts, "begin try pull DD31": "pull 500s -> beginPull errors"
# A pull that fails changes nothing on the screen, and is asked for again in its
# own time; what comes by the feed meanwhile is kept for it.
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
accepted A1 seq=6 v=2
    changed r1
row r2 v=1 seq=9 name=Carl email=carl@example.org
feed from=8 to=9
    sync epoch="e1" since=5
sync-failed
show r1
    pending name=B email=ada@example.org seen=2 log=2 db=1
      pending A1 edit r1 name=B base=5 accepted #6
show r2
    nothing
next
    after 1000
tick after=999
tick after=1
    sync epoch="e1" since=5
row r1 v=2 seq=6 name=B email=ada@example.org by=ann command=A1
synced to=8
    changed r1
    moved
    forget A1
    settled A1
    changed r2
    moved
show r1
    confirmed name=B email=ada@example.org seen=2 log=2 db=2
show r2
    confirmed name=Carl email=carl@example.org seen=1 log=1 db=1
