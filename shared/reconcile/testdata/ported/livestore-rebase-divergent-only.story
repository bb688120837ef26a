# Source: livestorejs/livestore, packages/@livestore/common/src/sync/syncstate.test.ts, "should only rebase divergent events when first event matches"
# The first pending change is where it was thought to be; then comes somebody
# else's. Only the second one is moved onto the new end, with its field alone.
connect
    moved
    sync epoch="" since=0
row r1 v=1 seq=5 name=Ada email=ada@example.org
synced full to=5
    changed everything
    moved
edit r1 email=mine@example.org
    store A1 edit r1 email=mine@example.org base=5 writing
    -- on disk
    changed r1
    send A1 edit r1 email=mine@example.org base=5
edit r1 name=Mine
    store A2 edit r1 name=Mine cause=A1 base=5 writing
    -- on disk
    changed r1
    send A2 edit r1 name=Mine cause=A1 base=5
accepted A1 seq=6 v=2
    changed r1
row r1 v=5 seq=9 name=Theirs email=theirs@example.org by=bob command=B3
feed from=5 to=9
    changed r1
    moved
    forget A1
    settled A1
show r1
    pending name=Mine email=theirs@example.org seen=6 log=5 db=5
      pending A2 edit r1 name=Mine cause=A1 base=5 sent
accepted A2 seq=10 v=6
    changed r1
row r1 v=6 seq=10 name=Mine email=theirs@example.org by=ann command=A2
feed from=9 to=10
    changed r1
    moved
    forget A2
    settled A2
show r1
    confirmed name=Mine email=theirs@example.org seen=6 log=6 db=6
