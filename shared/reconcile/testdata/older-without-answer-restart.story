# The edit is confirmed, the create before it has no answer, and the program is
# killed. The outbox remembers the edit's row: the old name comes back neither
# before the server is reached nor after it.
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
edit r1 name=Ada_Lovelace
    store A2 edit r1 name=Ada_Lovelace cause=A1 writing
    -- on disk
    changed r1
    send A2 edit r1 name=Ada_Lovelace cause=A1
create r2 name=Bob email=bob@example.org
    store A3 create r2 name=Bob email=bob@example.org writing
    -- on disk
    changed r2
    send A3 create r2 name=Bob email=bob@example.org
accepted A2 seq=7 v=2
    changed r1
row r1 v=2 seq=7 born=6 change=7 name=Ada_Lovelace email=ada@example.org by=ann command=A2
feed from=5 to=7
    changed r1
    moved
    store A1 create r1 name=Ada email=ada@example.org sent passed
    forget A2
    settled A2
restart
    changed r1
    changed r2
show r1
    pending name=Ada_Lovelace email=ada@example.org seen=2 log=2 db=2 shown=-
      pending A1 create r1 name=Ada email=ada@example.org queued passed
edit r1 email=new@example.org
    store A4 edit r1 email=new@example.org cause=A1 writing
    -- on disk
    changed r1
show r1
    pending name=Ada_Lovelace email=new@example.org seen=3 log=2 db=2 shown=A4
      pending A1 create r1 name=Ada email=ada@example.org queued passed
      pending A4 edit r1 email=new@example.org cause=A1 queued
connect
    moved
    sync epoch="" since=0
    changed r1
    send A1 create r1 name=Ada email=ada@example.org
    changed r2
    send A3 create r2 name=Bob email=bob@example.org
    send A4 edit r1 email=new@example.org cause=A1
row r1 v=2 seq=7 born=6 change=7 name=Ada_Lovelace email=ada@example.org by=ann command=A2
synced full to=7
    changed everything
    moved
    send A1 create r1 name=Ada email=ada@example.org
    send A3 create r2 name=Bob email=bob@example.org
    send A4 edit r1 email=new@example.org cause=A1
show r1
    pending name=Ada_Lovelace email=new@example.org seen=3 log=2 db=2 shown=A4
      pending A1 create r1 name=Ada email=ada@example.org sent passed
      pending A4 edit r1 email=new@example.org cause=A1 sent
epoch e2
row r1 v=2 seq=7 born=6 change=1 name=Ada_Lovelace email=ada@example.org by=ann command=A2
synced full to=7
    changed everything
    moved
    send A1 create r1 name=Ada email=ada@example.org
    send A3 create r2 name=Bob email=bob@example.org
    send A4 edit r1 email=new@example.org cause=A1
show r1
    pending name=Ada_Lovelace email=new@example.org seen=3 log=2 db=2 shown=A4
      pending A1 create r1 name=Ada email=ada@example.org sent passed
      pending A4 edit r1 email=new@example.org cause=A1 sent
# A row of before is not past it.
row r1 v=1 seq=2 born=2 change=1 name=E email=e@example.org by=ann command=A0
epoch e3
synced full to=2
    changed everything
    moved
    send A1 create r1 name=Ada email=ada@example.org
    send A3 create r2 name=Bob email=bob@example.org
    send A4 edit r1 email=new@example.org cause=A1
show r1
    pending name=Ada email=new@example.org seen=3 log=1 db=1
      pending A1 create r1 name=Ada email=ada@example.org sent passed
      pending A4 edit r1 email=new@example.org cause=A1 sent
refused A1 code=exists
    store A1 create r1 name=Ada email=ada@example.org rolled-back exists
    fell A1 create r1 name=Ada email=ada@example.org rolled-back exists
    changed r1
    store A4 edit r1 email=new@example.org cause=A1 rolled-back cascade root=A1
    fell A4 edit r1 email=new@example.org cause=A1 rolled-back cascade root=A1
show r1
    rolled-back name=E email=e@example.org seen=1 log=1 db=1
      tray A1 create r1 name=Ada email=ada@example.org rolled-back exists
      tray A4 edit r1 email=new@example.org cause=A1 rolled-back cascade root=A1
