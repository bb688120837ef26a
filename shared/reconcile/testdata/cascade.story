# A create falls, and with it everything that was typed on it: accepted, sent,
# waiting and not even on the disk. Each names its cause and the root.
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
retry-later A3
    changed r1
edit r1 name=D
    store A4 edit r1 name=D cause=A3 writing
    -- on disk
    changed r1
edit r1 name=E held
    store A5 edit r1 name=E cause=A4 writing
accepted A1 seq=6 v=1
    changed r1
accepted A2 seq=7 v=2
    changed r1
show r1
    pending name=D email=ada@example.org seen=4 log=2 db=-
      pending A1 create r1 name=Ada email=ada@example.org accepted #6
      pending A2 edit r1 name=B cause=A1 accepted #7
      pending A3 edit r1 name=C cause=A2 queued
      pending A4 edit r1 name=D cause=A3 queued
reject A1 seq=6 code=projection_failed
feed from=5 to=6
    store A1 create r1 name=Ada email=ada@example.org rolled-back #6 projection_failed
    fell A1 create r1 name=Ada email=ada@example.org rolled-back #6 projection_failed
    changed r1
    store A2 edit r1 name=B cause=A1 rolled-back #7 cascade root=A1
    fell A2 edit r1 name=B cause=A1 rolled-back #7 cascade root=A1
    store A3 edit r1 name=C cause=A2 rolled-back cascade root=A1
    fell A3 edit r1 name=C cause=A2 rolled-back cascade root=A1
    store A4 edit r1 name=D cause=A3 rolled-back cascade root=A1
    fell A4 edit r1 name=D cause=A3 rolled-back cascade root=A1
    store A5 edit r1 name=E cause=A4 rolled-back cascade root=A1
    fell A5 edit r1 name=E cause=A4 rolled-back cascade root=A1
    moved
show r1
    rolled-back name=E email=ada@example.org seen=- log=- db=- gone
      tray A1 create r1 name=Ada email=ada@example.org rolled-back #6 projection_failed
      tray A2 edit r1 name=B cause=A1 rolled-back #7 cascade root=A1
      tray A3 edit r1 name=C cause=A2 rolled-back cascade root=A1
      tray A4 edit r1 name=D cause=A3 rolled-back cascade root=A1
      tray A5 edit r1 name=E cause=A4 rolled-back cascade root=A1
# The server's own word on the edit comes later and says nothing new.
reject A2 seq=7 code=cascade root=A1
feed from=6 to=7
    moved
stored A5
feed from=7 to=20
    moved
show r1
    rolled-back name=E email=ada@example.org seen=- log=- db=- gone
      tray A1 create r1 name=Ada email=ada@example.org rolled-back #6 projection_failed
      tray A2 edit r1 name=B cause=A1 rolled-back #7 cascade root=A1
      tray A3 edit r1 name=C cause=A2 rolled-back cascade root=A1
      tray A4 edit r1 name=D cause=A3 rolled-back cascade root=A1
      tray A5 edit r1 name=E cause=A4 rolled-back cascade root=A1
