# Somebody deletes the record under a pending edit: it stays, marked, until its
# verdict.
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
row r1 v=2 seq=6 name=Ada email=ada@example.org deleted
feed from=5 to=6
    changed r1
    moved
show r1
    pending name=B email=ada@example.org seen=3 log=- db=- gone ghost
      pending A1 edit r1 name=B base=5 sent
refused A1 code=not_found
    store A1 edit r1 name=B base=5 rolled-back not_found
    fell A1 edit r1 name=B base=5 rolled-back not_found
    changed r1
show r1
    rolled-back name=B email=ada@example.org seen=- log=- db=- gone
      tray A1 edit r1 name=B base=5 rolled-back not_found
dismiss r1
    forget A1
    changed r1
show r1
    nothing
