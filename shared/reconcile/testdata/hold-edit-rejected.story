# What was held back for an edit that falls is sent at once: nothing pending is
# under it any more.
connect
    moved
    sync epoch="" since=0
row r1 v=1 seq=5 name=Ada email=ada@example.org
synced full to=5
    changed everything
    moved
edit r1 name=B strategy=hold
    store A1 edit r1 name=B base=5 writing
    -- on disk
    changed r1
    send A1 edit r1 name=B base=5
edit r1 email=c@example.org strategy=hold
    store A2 edit r1 email=c@example.org cause=A1 base=5 writing
    -- on disk
    changed r1
edit r1 name=D strategy=hold
    store A3 edit r1 name=D cause=A2 base=5 writing
    -- on disk
    changed r1
refused A1 code=conflict
    store A2 edit r1 email=c@example.org base=5 queued
    store A1 edit r1 name=B base=5 rolled-back conflict
    fell A1 edit r1 name=B base=5 rolled-back conflict
    changed r1
    send A2 edit r1 email=c@example.org base=5
show r1
    pending name=D email=c@example.org seen=3 log=1 db=1
      pending A2 edit r1 email=c@example.org base=5 sent
      pending A3 edit r1 name=D cause=A2 base=5 queued
      tray A1 edit r1 name=B base=5 rolled-back conflict
refused A2 code=email_taken
    store A3 edit r1 name=D base=5 queued
    store A2 edit r1 email=c@example.org base=5 rolled-back email_taken
    fell A2 edit r1 email=c@example.org base=5 rolled-back email_taken
    changed r1
    send A3 edit r1 name=D base=5
show r1
    pending name=D email=ada@example.org seen=2 log=1 db=1
      pending A3 edit r1 name=D base=5 sent
      tray A1 edit r1 name=B base=5 rolled-back conflict
      tray A2 edit r1 email=c@example.org base=5 rolled-back email_taken
next
    after 2000
