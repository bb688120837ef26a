# Source: firebase/firebase-js-sdk, packages/firestore/test/unit/specs/persistence_spec.test.ts, "Persisted local mutations are visible to listeners"
# After a restart, and before anybody can be reached, what was under way shows as
# it did: over the row that the outbox remembers.
connect
    moved
    sync epoch="" since=0
row r1 v=3 seq=5 name=Ada email=ada@example.org
row r2 v=1 seq=4 name=Bob email=bob@example.org
synced full to=5
    changed everything
    moved
edit r1 name=B
    store A1 edit r1 name=B base=5 writing
    -- on disk
    changed r1
    send A1 edit r1 name=B base=5
delete r2
    store A2 delete r2 base=4 writing
    -- on disk
    changed r2
    send A2 delete r2 base=4
create r3 name=Carl email=carl@example.org
    store A3 create r3 name=Carl email=carl@example.org writing
    -- on disk
    changed r3
    send A3 create r3 name=Carl email=carl@example.org
restart
    changed r1
    changed r2
    changed r3
show r1
    pending name=B email=ada@example.org seen=4 log=3 db=3
      pending A1 edit r1 name=B base=5 queued
show r2
    pending name=Bob email=bob@example.org seen=2 log=1 db=1 deleting
      pending A2 delete r2 base=4 queued
show r3
    pending name=Carl email=carl@example.org seen=1 log=- db=-
      pending A3 create r3 name=Carl email=carl@example.org queued
