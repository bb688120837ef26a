# Source: firebase/firebase-js-sdk, packages/firestore/test/unit/specs/write_spec.test.ts, "Cache will hold local write until watch catches up"
# The change is in the log, the rows are behind it and bring an older value
# first: the screen never shows that one.
connect
    moved
    sync epoch="" since=0
row r1 v=1 seq=5 name=v1 email=ada@example.org
synced full to=5
    changed everything
    moved
edit r1 name=v3
    store A1 edit r1 name=v3 base=5 writing
    -- on disk
    changed r1
    send A1 edit r1 name=v3 base=5
accepted A1 seq=8 v=3
    changed r1
row r1 v=2 seq=6 name=v2 email=ada@example.org by=bob command=B1
feed from=5 to=6
    changed r1
    moved
show r1
    pending name=v3 email=ada@example.org seen=3 log=3 db=2
      pending A1 edit r1 name=v3 base=5 accepted #8
row r1 v=3 seq=8 name=v3 email=ada@example.org by=ann command=A1
row r2 v=1 seq=7 name=Bob email=bob@example.org
feed from=6 to=8
    changed r1
    changed r2
    moved
    forget A1
    settled A1
show r1
    confirmed name=v3 email=ada@example.org seen=3 log=3 db=3
show r2
    confirmed name=Bob email=bob@example.org seen=1 log=1 db=1
