# A create falls, and an edit with it that the server may never have heard of. What was
# typed on that edit by a strategy without cascades stays: it must not name the edit as
# its cause, or the server would wait for that for ever.
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
edit r1 name=D strategy=check-log
    store A4 edit r1 name=D cause=A3 writing
    -- on disk
    changed r1
    send A4 edit r1 name=D cause=A3
refused A1 seq=6 code=exists
    store A4 edit r1 name=D sent
    store A1 create r1 name=Ada email=ada@example.org rolled-back #6 exists
    fell A1 create r1 name=Ada email=ada@example.org rolled-back #6 exists
    changed r1
    store A2 edit r1 name=B cause=A1 rolled-back cascade root=A1
    fell A2 edit r1 name=B cause=A1 rolled-back cascade root=A1
    store A3 edit r1 name=C cause=A2 rolled-back cascade root=A1
    fell A3 edit r1 name=C cause=A2 rolled-back cascade root=A1
retry-later A4
    changed r1
show r1
    pending name=D email= seen=1 log=- db=- gone ghost
      pending A4 edit r1 name=D queued
      tray A1 create r1 name=Ada email=ada@example.org rolled-back #6 exists
      tray A2 edit r1 name=B cause=A1 rolled-back cascade root=A1
      tray A3 edit r1 name=C cause=A2 rolled-back cascade root=A1
restart
    changed r1
    changed r1
    changed r1
    changed r1
connect
    moved
    sync epoch="" since=0
    changed r1
    send A4 edit r1 name=D
