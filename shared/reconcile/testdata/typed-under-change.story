# Somebody changes the record while an edit of it is being typed: the edit's base
# is what its author saw when the typing began, so that the server can tell.
connect
    moved
    sync epoch="" since=0
row r1 v=1 seq=5 name=Ada email=ada@example.org
synced full to=5
    changed everything
    moved
row r1 v=2 seq=6 name=Bob email=ada@example.org
feed from=5 to=6
    changed r1
    moved
edit r1 name=B base=5
    store A1 edit r1 name=B base=5 writing
    -- on disk
    changed r1
    send A1 edit r1 name=B base=5
refused A1 code=conflict
    store A1 edit r1 name=B base=5 rolled-back conflict
    fell A1 edit r1 name=B base=5 rolled-back conflict
    changed r1
show r1
    rolled-back name=Bob email=ada@example.org seen=2 log=2 db=2
      tray A1 edit r1 name=B base=5 rolled-back conflict
