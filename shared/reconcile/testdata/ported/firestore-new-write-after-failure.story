# Source: firebase/firebase-js-sdk, packages/firestore/test/unit/specs/write_spec.test.ts, "New writes are sent after write failure"
# A failure blocks nothing: a new change goes out at once, on another record and
# on the same one, where it has no cause in what fell.
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
refused A1 code=email_taken
    store A1 create r1 name=Ada email=ada@example.org rolled-back email_taken
    fell A1 create r1 name=Ada email=ada@example.org rolled-back email_taken
    changed r1
create r2 name=Bob email=bob@example.org
    store A2 create r2 name=Bob email=bob@example.org writing
    -- on disk
    changed r2
    send A2 create r2 name=Bob email=bob@example.org
create r1 name=Ada email=free@example.org
    store A3 create r1 name=Ada email=free@example.org writing
    -- on disk
    changed r1
    send A3 create r1 name=Ada email=free@example.org
show r1
    pending name=Ada email=free@example.org seen=1 log=- db=-
      pending A3 create r1 name=Ada email=free@example.org sent
      tray A1 create r1 name=Ada email=ada@example.org rolled-back email_taken
accepted A3 seq=7 v=1
    changed r1
row r1 v=1 seq=7 name=Ada email=free@example.org by=ann command=A3
feed from=5 to=7
    changed r1
    moved
    forget A3
    settled A3
show r1
    rolled-back name=Ada email=free@example.org seen=1 log=1 db=1
      tray A1 create r1 name=Ada email=ada@example.org rolled-back email_taken
