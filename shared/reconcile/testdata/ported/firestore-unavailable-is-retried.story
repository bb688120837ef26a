# Source: firebase/firebase-js-sdk, packages/firestore/test/unit/specs/write_spec.test.ts, "Writes that fail with code unavailable are retried"
# A failure that may pass is no verdict on the change nor on what was typed on
# it: both go out again, in the order typed.
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
retry-later A1 why=busy
    changed r1
retry-later A2
    changed r1
show r1
    pending name=B email=ada@example.org seen=2 log=- db=-
      pending A1 create r1 name=Ada email=ada@example.org queued
      pending A2 edit r1 name=B cause=A1 queued
tick after=50
    changed r1
    send A1 create r1 name=Ada email=ada@example.org
    send A2 edit r1 name=B cause=A1
accepted A1 seq=6 v=1
    changed r1
accepted A2 seq=7 v=2
    changed r1
row r1 v=2 seq=7 name=B email=ada@example.org by=ann command=A2
feed from=5 to=7
    changed r1
    moved
    forget A1
    settled A1
    forget A2
    settled A2
show r1
    confirmed name=B email=ada@example.org seen=2 log=2 db=2
