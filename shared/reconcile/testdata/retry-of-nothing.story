# A create and its delete, both rolled back, come to nothing: retry drops them.
connect
    moved
    sync epoch="" since=0
synced full to=5
    changed everything
    moved
create r1 name=Ada email=ada@example.org
    store A1 create r1 name=Ada email=ada@example.org writing
    -- on disk
    changed r1
    send A1 create r1 name=Ada email=ada@example.org
delete r1
    store A2 delete r1 cause=A1 writing
    -- on disk
    changed r1
    send A2 delete r1 cause=A1
refused A1 code=email_taken
    store A1 create r1 name=Ada email=ada@example.org rolled-back email_taken
    fell A1 create r1 name=Ada email=ada@example.org rolled-back email_taken
    changed r1
    store A2 delete r1 cause=A1 rolled-back cascade root=A1
    fell A2 delete r1 cause=A1 rolled-back cascade root=A1
show r1
    rolled-back name=Ada email=ada@example.org seen=- log=- db=- gone
      tray A1 create r1 name=Ada email=ada@example.org rolled-back email_taken
      tray A2 delete r1 cause=A1 rolled-back cascade root=A1
retry r1
    forget A1
    forget A2
    changed r1
show r1
    nothing
