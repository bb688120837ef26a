# The server's word on a dependent comes in one message before that on the create.
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
edit r1 name=B
    store A2 edit r1 name=B cause=A1 writing
    -- on disk
    changed r1
    send A2 edit r1 name=B cause=A1
edit r1 name=C
    store A3 edit r1 name=C cause=A2 writing
    -- on disk
    changed r1
    send A3 edit r1 name=C cause=A2
reject A2 seq=7 code=cascade root=A1
reject A1 seq=6 code=email_taken
feed from=5 to=8
    store A2 edit r1 name=B cause=A1 rolled-back #7 cascade root=A1
    fell A2 edit r1 name=B cause=A1 rolled-back #7 cascade root=A1
    changed r1
    store A3 edit r1 name=C cause=A2 rolled-back cascade root=A1
    fell A3 edit r1 name=C cause=A2 rolled-back cascade root=A1
    store A1 create r1 name=Ada email=ada@example.org rolled-back #6 email_taken
    fell A1 create r1 name=Ada email=ada@example.org rolled-back #6 email_taken
    moved
show r1
    rolled-back name=C email=ada@example.org seen=- log=- db=- gone
      tray A1 create r1 name=Ada email=ada@example.org rolled-back #6 email_taken
      tray A2 edit r1 name=B cause=A1 rolled-back #7 cascade root=A1
      tray A3 edit r1 name=C cause=A2 rolled-back cascade root=A1
