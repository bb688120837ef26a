# Source: livestorejs/livestore, packages/@livestore/common/src/sync/syncstate.test.ts, "should confirm pending event and add multiple new events"
# One message confirms the own change and brings what others did after it, to
# this record and to another one.
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
row r1 v=4 seq=8 name=C email=c@example.org by=bob command=B2
row r2 v=1 seq=9 name=Carl email=carl@example.org by=bob command=B3
feed from=5 to=9
    changed r1
    changed r2
    moved
    forget A1
    settled A1
show r1
    confirmed name=C email=c@example.org seen=4 log=4 db=4
show r2
    confirmed name=Carl email=carl@example.org seen=1 log=1 db=1
