# Source: firebase/firebase-js-sdk, packages/firestore/test/unit/specs/write_spec.test.ts, "Cache will not keep data for an outdated write ack"
# The rows are past the change, with somebody's newer value, before its answer
# comes. The answer ends it, and the newer value shows. Sequences of different
# length are compared as numbers.
connect
    moved
    sync epoch="" since=0
row r1 v=1 seq=9 change=9 name=v1 email=ada@example.org
synced full to=9
    changed everything
    moved
edit r1 name=v2
    store A1 edit r1 name=v2 base=9 writing
    -- on disk
    changed r1
    send A1 edit r1 name=v2 base=9
row r1 v=3 seq=100 change=100 name=v3 email=ada@example.org by=bob command=B1
feed from=9 to=100
    changed r1
    moved
show r1
    pending name=v2 email=ada@example.org seen=4 log=3 db=3
      pending A1 edit r1 name=v2 base=9 sent
accepted A1 seq=20 v=2
    changed r1
    forget A1
    settled A1
show r1
    confirmed name=v3 email=ada@example.org seen=3 log=3 db=3
