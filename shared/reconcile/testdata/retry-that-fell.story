# A retry that falls itself, before it is on the disk, can be retried.
connect
    moved
    sync epoch="" since=0
synced full to=5
    changed everything
    moved
create r1 name=A email=a@example.org
    store A1 create r1 name=A email=a@example.org writing
    -- on disk
    changed r1
    send A1 create r1 name=A email=a@example.org
refused A1 code=email_taken
    store A1 create r1 name=A email=a@example.org rolled-back email_taken
    fell A1 create r1 name=A email=a@example.org rolled-back email_taken
    changed r1
create r1 name=B email=b@example.org
    store A2 create r1 name=B email=b@example.org writing
    -- on disk
    changed r1
    send A2 create r1 name=B email=b@example.org
retry r1 held
    store A3 create r1 name=A email=a@example.org cause=A2 writing
refused A2 code=email_taken
    store A2 create r1 name=B email=b@example.org rolled-back email_taken
    fell A2 create r1 name=B email=b@example.org rolled-back email_taken
    changed r1
    store A3 create r1 name=A email=a@example.org cause=A2 rolled-back cascade root=A2
    fell A3 create r1 name=A email=a@example.org cause=A2 rolled-back cascade root=A2
stored A3
show r1
    rolled-back name=A email=a@example.org seen=- log=- db=- gone
      tray A1 create r1 name=A email=a@example.org rolled-back email_taken
      tray A2 create r1 name=B email=b@example.org rolled-back email_taken
      tray A3 create r1 name=A email=a@example.org cause=A2 rolled-back cascade root=A2
retry r1
    store A4 create r1 name=A email=a@example.org writing
    -- on disk
    forget A1
    forget A2
    forget A3
    changed r1
    send A4 create r1 name=A email=a@example.org
show r1
    pending name=A email=a@example.org seen=1 log=- db=-
      pending A4 create r1 name=A email=a@example.org sent
