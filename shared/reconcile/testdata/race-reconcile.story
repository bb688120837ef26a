# The race: a create is accepted, the rows lag, and an edit is typed on it.
# It is confirmed only when the read position is there, and never flashes back.
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
show r1
    pending name=Ada email=ada@example.org seen=1 log=- db=-
      pending A1 create r1 name=Ada email=ada@example.org sent
edit r1 name=Ada_Lovelace
    store A2 edit r1 name=Ada_Lovelace cause=A1 writing
    -- on disk
    changed r1
    send A2 edit r1 name=Ada_Lovelace cause=A1
show r1
    pending name=Ada_Lovelace email=ada@example.org seen=2 log=- db=-
      pending A1 create r1 name=Ada email=ada@example.org sent
      pending A2 edit r1 name=Ada_Lovelace cause=A1 sent
accepted A1 seq=6 v=1
    changed r1
accepted A2 seq=7 v=2
    changed r1
show r1
    pending name=Ada_Lovelace email=ada@example.org seen=2 log=2 db=-
      pending A1 create r1 name=Ada email=ada@example.org accepted #6
      pending A2 edit r1 name=Ada_Lovelace cause=A1 accepted #7
row r1 v=1 seq=6 name=Ada email=ada@example.org
feed from=5 to=6
    changed r1
    moved
    forget A1
    settled A1
show r1
    pending name=Ada_Lovelace email=ada@example.org seen=2 log=2 db=1
      pending A2 edit r1 name=Ada_Lovelace cause=A1 accepted #7
row r1 v=2 seq=7 name=Ada_Lovelace email=ada@example.org
feed from=6 to=7
    changed r1
    moved
    forget A2
    settled A2
show r1
    confirmed name=Ada_Lovelace email=ada@example.org seen=2 log=2 db=2
