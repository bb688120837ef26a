# Source: livestorejs/livestore, packages/@livestore/common/src/sync/syncstate.test.ts, "should die if incoming event is ≤ local head"
# What lies at or below the position is a repetition, whatever it says: nothing
# is shown, told or confirmed by it, and nobody dies of it.
connect
    moved
    sync epoch="" since=0
row r1 v=2 seq=7 change=7 name=B email=ada@example.org
synced full to=7
    changed everything
    moved
edit r1 name=C
    store A1 edit r1 name=C base=7 writing
    -- on disk
    changed r1
    send A1 edit r1 name=C base=7
row r1 v=1 seq=6 change=6 name=Old email=old@example.org
reject A1 seq=7 code=projection_failed
feed from=5 to=7
row r3 v=1 seq=6 change=6 name=Gone email=gone@example.org
feed from=6 to=6
show r1
    pending name=C email=ada@example.org seen=3 log=2 db=2
      pending A1 edit r1 name=C base=7 sent
show r3
    nothing
row r1 v=1 seq=6 change=6 name=Old email=old@example.org
row r3 v=1 seq=8 change=8 name=New email=new@example.org
feed from=5 to=8
    changed r3
    moved
show r1
    pending name=C email=ada@example.org seen=3 log=2 db=2
      pending A1 edit r1 name=C base=7 sent
show r3
    confirmed name=New email=new@example.org seen=1 log=1 db=1
