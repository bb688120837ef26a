# A rejected create takes along what was held back for it, though nobody else was
# ever told of that.
connect
    moved
    sync epoch="" since=0
synced full to=5
    changed everything
    moved
create r1 name=Ada email=ada@example.org strategy=hold
    store A1 create r1 name=Ada email=ada@example.org writing
    -- on disk
    changed r1
    send A1 create r1 name=Ada email=ada@example.org
edit r1 name=B strategy=hold
    store A2 edit r1 name=B cause=A1 writing
    -- on disk
    changed r1
accepted A1 seq=6 v=1
    changed r1
reject A1 seq=6 code=email_taken
feed from=5 to=6
    store A1 create r1 name=Ada email=ada@example.org rolled-back #6 email_taken
    fell A1 create r1 name=Ada email=ada@example.org rolled-back #6 email_taken
    changed r1
    store A2 edit r1 name=B cause=A1 rolled-back cascade root=A1
    fell A2 edit r1 name=B cause=A1 rolled-back cascade root=A1
    moved
show r1
    rolled-back name=B email=ada@example.org seen=- log=- db=- gone
      tray A1 create r1 name=Ada email=ada@example.org rolled-back #6 email_taken
      tray A2 edit r1 name=B cause=A1 rolled-back cascade root=A1
retry r1
    store A3 create r1 name=B email=ada@example.org writing
    -- on disk
    forget A1
    forget A2
    changed r1
    send A3 create r1 name=B email=ada@example.org
show r1
    pending name=B email=ada@example.org seen=1 log=- db=-
      pending A3 create r1 name=B email=ada@example.org sent
