# While a retry goes to the disk, something else falls. It is not lost with what
# the retry replaces.
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
edit r1 email=c@example.org
    store A2 edit r1 email=c@example.org cause=A1 base=5 writing
    -- on disk
    changed r1
    send A2 edit r1 email=c@example.org cause=A1 base=5
refused A1 code=conflict
    store A2 edit r1 email=c@example.org base=5 sent
    store A1 edit r1 name=B base=5 rolled-back conflict
    fell A1 edit r1 name=B base=5 rolled-back conflict
    changed r1
retry r1 held
    store A3 edit r1 name=B cause=A2 base=5 writing
refused A2 code=conflict
    store A3 edit r1 name=B base=5 writing
    store A2 edit r1 email=c@example.org base=5 rolled-back conflict
    fell A2 edit r1 email=c@example.org base=5 rolled-back conflict
    changed r1
stored A3
    forget A1
    changed r1
    send A3 edit r1 name=B base=5
show r1
    pending name=B email=ada@example.org seen=2 log=1 db=1
      pending A3 edit r1 name=B base=5 sent
      tray A2 edit r1 email=c@example.org base=5 rolled-back conflict
