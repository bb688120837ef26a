# Source: livestorejs/livestore, packages/@livestore/common/src/sync/syncstate.test.ts, "should rebase all client events when incoming chain starts differently"
# Somebody was first, and again, and again: both pending changes stay over each
# new row in the order typed, and say the base they were typed on.
connect
    moved
    sync epoch="" since=0
row r1 v=1 seq=5 name=Ada email=ada@example.org
synced full to=5
    changed everything
    moved
edit r1 name=B
    store A1 edit r1 name=B base=5 writing
    -- on disk
    changed r1
    send A1 edit r1 name=B base=5
delete r1
    store A2 delete r1 cause=A1 base=5 writing
    -- on disk
    changed r1
    send A2 delete r1 cause=A1 base=5
row r1 v=2 seq=6 name=X email=ada@example.org by=bob command=B1
feed from=5 to=6
    changed r1
    moved
row r1 v=3 seq=7 name=Y email=y@example.org by=bob command=B2
row r2 v=1 seq=8 name=Carl email=carl@example.org by=bob command=B3
feed from=6 to=8
    changed r1
    changed r2
    moved
show r1
    pending name=B email=y@example.org seen=5 log=3 db=3 deleting
      pending A1 edit r1 name=B base=5 sent
      pending A2 delete r1 cause=A1 base=5 sent
tick after=2000
    changed r1
    send A1 edit r1 name=B base=5
    send A2 delete r1 cause=A1 base=5
refused A2 code=conflict
    store A2 delete r1 cause=A1 base=5 rolled-back slow conflict
    fell A2 delete r1 cause=A1 base=5 rolled-back slow conflict
    changed r1
refused A1 code=conflict
    store A1 edit r1 name=B base=5 rolled-back slow conflict
    fell A1 edit r1 name=B base=5 rolled-back slow conflict
    changed r1
show r1
    rolled-back name=Y email=y@example.org seen=3 log=3 db=3
      tray A1 edit r1 name=B base=5 rolled-back slow conflict
      tray A2 delete r1 cause=A1 base=5 rolled-back slow conflict
