# Source: firebase/firebase-js-sdk, packages/firestore/test/unit/specs/write_spec.test.ts, "Pipelined writes can fail"
# Many changes are under way at once, and fail one by one, in any order. Each
# takes its own record back and no other.
connect
    moved
    sync epoch="" since=0
row r1 v=1 seq=1 name=a email=a@example.org
row r2 v=1 seq=2 name=b email=b@example.org
synced full to=5
    changed everything
    moved
edit r1 name=A
    store A1 edit r1 name=A base=1 writing
    -- on disk
    changed r1
    send A1 edit r1 name=A base=1
edit r2 name=B
    store A2 edit r2 name=B base=2 writing
    -- on disk
    changed r2
    send A2 edit r2 name=B base=2
create r3 name=C email=c@example.org
    store A3 create r3 name=C email=c@example.org writing
    -- on disk
    changed r3
    send A3 create r3 name=C email=c@example.org
create r4 name=D email=d@example.org
    store A4 create r4 name=D email=d@example.org writing
    -- on disk
    changed r4
    send A4 create r4 name=D email=d@example.org
delete r2
    store A5 delete r2 cause=A2 base=2 writing
    -- on disk
    changed r2
    send A5 delete r2 cause=A2 base=2
refused A3 code=email_taken
    store A3 create r3 name=C email=c@example.org rolled-back email_taken
    fell A3 create r3 name=C email=c@example.org rolled-back email_taken
    changed r3
refused A1 code=conflict
    store A1 edit r1 name=A base=1 rolled-back conflict
    fell A1 edit r1 name=A base=1 rolled-back conflict
    changed r1
show r1
    rolled-back name=a email=a@example.org seen=1 log=1 db=1
      tray A1 edit r1 name=A base=1 rolled-back conflict
show r2
    pending name=B email=b@example.org seen=3 log=1 db=1 deleting
      pending A2 edit r2 name=B base=2 sent
      pending A5 delete r2 cause=A2 base=2 sent
show r3
    rolled-back name=C email=c@example.org seen=- log=- db=- gone
      tray A3 create r3 name=C email=c@example.org rolled-back email_taken
show r4
    pending name=D email=d@example.org seen=1 log=- db=-
      pending A4 create r4 name=D email=d@example.org sent
refused A2 code=conflict
    store A5 delete r2 base=2 sent
    store A2 edit r2 name=B base=2 rolled-back conflict
    fell A2 edit r2 name=B base=2 rolled-back conflict
    changed r2
show r2
    pending name=b email=b@example.org seen=2 log=1 db=1 deleting
      pending A5 delete r2 base=2 sent
      tray A2 edit r2 name=B base=2 rolled-back conflict
refused A5 code=conflict
    store A5 delete r2 base=2 rolled-back conflict
    fell A5 delete r2 base=2 rolled-back conflict
    changed r2
refused A4 code=exists
    store A4 create r4 name=D email=d@example.org rolled-back exists
    fell A4 create r4 name=D email=d@example.org rolled-back exists
    changed r4
show r2
    rolled-back name=b email=b@example.org seen=1 log=1 db=1
      tray A2 edit r2 name=B base=2 rolled-back conflict
      tray A5 delete r2 base=2 rolled-back conflict
show r4
    rolled-back name=D email=d@example.org seen=- log=- db=- gone
      tray A4 create r4 name=D email=d@example.org rolled-back exists
next
    never
