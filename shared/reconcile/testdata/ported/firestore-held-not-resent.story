# Source: firebase/firebase-js-sdk, packages/firestore/test/unit/specs/write_spec.test.ts, "Held writes are not re-sent after disable/enable network."
# A change that is in the log and not in the rows is not sent again, neither over
# a new connection nor as time goes by: the rows are asked for instead.
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
accepted A1 seq=6 v=1
    changed r1
disconnect
    moved
tick after=3000
connect
    moved
    sync epoch="e1" since=5
synced to=5
    moved
tick after=1000
    changed r1
    sync epoch="e1" since=5
show r1
    pending name=Ada email=ada@example.org seen=1 log=1 db=- slow
      pending A1 create r1 name=Ada email=ada@example.org accepted #6 slow
sync-failed
tick after=1000
    sync epoch="e1" since=5
row r1 v=1 seq=6 name=Ada email=ada@example.org by=ann command=A1
synced to=6
    changed r1
    moved
    forget A1
    settled A1
show r1
    confirmed name=Ada email=ada@example.org seen=1 log=1 db=1
