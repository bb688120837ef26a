# Source: firebase/firebase-js-sdk, packages/firestore/test/unit/specs/persistence_spec.test.ts, "Local mutations are persisted and re-sent"
# Both changes are in the outbox when the program starts anew: they are sent
# again, in the order typed, and numbers go on where they were.
connect
    moved
    sync epoch="" since=0
synced full to=5
    changed everything
    moved
create r2 name=Key1 email=k1@example.org
    store A1 create r2 name=Key1 email=k1@example.org writing
    -- on disk
    changed r2
    send A1 create r2 name=Key1 email=k1@example.org
create r1 name=Key2 email=k2@example.org
    store A2 create r1 name=Key2 email=k2@example.org writing
    -- on disk
    changed r1
    send A2 create r1 name=Key2 email=k2@example.org
restart
    changed r2
    changed r1
connect
    moved
    sync epoch="" since=0
    changed r2
    send A1 create r2 name=Key1 email=k1@example.org
    changed r1
    send A2 create r1 name=Key2 email=k2@example.org
synced full to=5
    changed everything
    moved
    send A1 create r2 name=Key1 email=k1@example.org
    send A2 create r1 name=Key2 email=k2@example.org
create r3 name=Key3 email=k3@example.org
    store A3 create r3 name=Key3 email=k3@example.org writing
    -- on disk
    changed r3
    send A3 create r3 name=Key3 email=k3@example.org
accepted A1 seq=6 v=1
    changed r2
accepted A2 seq=7 v=1
    changed r1
row r2 v=1 seq=6 name=Key1 email=k1@example.org by=ann command=A1
row r1 v=1 seq=7 name=Key2 email=k2@example.org by=ann command=A2
feed from=5 to=7
    changed r2
    changed r1
    moved
    forget A1
    settled A1
    forget A2
    settled A2
show r1
    confirmed name=Key2 email=k2@example.org seen=1 log=1 db=1
show r2
    confirmed name=Key1 email=k1@example.org seen=1 log=1 db=1
show r3
    pending name=Key3 email=k3@example.org seen=1 log=- db=-
      pending A3 create r3 name=Key3 email=k3@example.org sent
