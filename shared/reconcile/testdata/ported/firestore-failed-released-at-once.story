# Source: firebase/firebase-js-sdk, packages/firestore/test/unit/specs/write_spec.test.ts, "Failed writes are released immediately."
# One change is held for the rows; another one is refused meanwhile and goes at
# once, without waiting for the first.
connect
    moved
    sync epoch="" since=0
row r1 v=1 seq=5 name=v1 email=ada@example.org
synced full to=5
    changed everything
    moved
create r2 name=Bob email=bob@example.org
    store A1 create r2 name=Bob email=bob@example.org writing
    -- on disk
    changed r2
    send A1 create r2 name=Bob email=bob@example.org
accepted A1 seq=6 v=1
    changed r2
edit r1 name=v2
    store A2 edit r1 name=v2 base=5 writing
    -- on disk
    changed r1
    send A2 edit r1 name=v2 base=5
refused A2 code=conflict seq=7
    store A2 edit r1 name=v2 base=5 rolled-back #7 conflict
    fell A2 edit r1 name=v2 base=5 rolled-back #7 conflict
    changed r1
show r1
    rolled-back name=v1 email=ada@example.org seen=1 log=1 db=1
      tray A2 edit r1 name=v2 base=5 rolled-back #7 conflict
show r2
    pending name=Bob email=bob@example.org seen=1 log=1 db=-
      pending A1 create r2 name=Bob email=bob@example.org accepted #6
row r2 v=1 seq=6 name=Bob email=bob@example.org by=ann command=A1
feed from=5 to=7
    changed r2
    moved
    forget A1
    settled A1
show r2
    confirmed name=Bob email=bob@example.org seen=1 log=1 db=1
