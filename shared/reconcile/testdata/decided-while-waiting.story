# An edit waits behind one that is to be sent again. When that one's late verdict
# comes first, the edit must not wait for ever.
connect
    moved
    sync epoch="" since=0
row r1 v=1 seq=5 name=Ada email=ada@example.org
synced full to=5
    changed everything
    moved
edit r1 name=A
    store A1 edit r1 name=A base=5 writing
    -- on disk
    changed r1
    send A1 edit r1 name=A base=5
retry-later A1
    changed r1
edit r1 email=b@example.org
    store A2 edit r1 email=b@example.org cause=A1 base=5 writing
    -- on disk
    changed r1
refused A1 code=conflict
    store A2 edit r1 email=b@example.org base=5 queued
    store A1 edit r1 name=A base=5 rolled-back conflict
    fell A1 edit r1 name=A base=5 rolled-back conflict
    changed r1
tick after=1
    changed r1
    send A2 edit r1 email=b@example.org base=5
show r1
    pending name=Ada email=b@example.org seen=2 log=1 db=1
      pending A2 edit r1 email=b@example.org base=5 sent
      tray A1 edit r1 name=A base=5 rolled-back conflict
