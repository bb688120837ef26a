# The same race where the server checks an edit against the rows: the edit is
# refused while the record itself is confirmed later. What was typed is kept.
connect
    moved
    sync epoch="" since=0
synced full to=5
    changed everything
    moved
create r1 name=Ada email=ada@example.org strategy=check-projection
    store A1 create r1 name=Ada email=ada@example.org writing
    -- on disk
    changed r1
    send A1 create r1 name=Ada email=ada@example.org
edit r1 name=Ada_Lovelace strategy=check-projection
    store A2 edit r1 name=Ada_Lovelace cause=A1 writing
    -- on disk
    changed r1
    send A2 edit r1 name=Ada_Lovelace cause=A1
accepted A1 seq=6 v=1
    changed r1
refused A2 code=not_found
    store A2 edit r1 name=Ada_Lovelace cause=A1 rolled-back not_found
    fell A2 edit r1 name=Ada_Lovelace cause=A1 rolled-back not_found
    changed r1
show r1
    pending name=Ada email=ada@example.org seen=1 log=1 db=-
      pending A1 create r1 name=Ada email=ada@example.org accepted #6
      tray A2 edit r1 name=Ada_Lovelace cause=A1 rolled-back not_found
row r1 v=1 seq=6 name=Ada email=ada@example.org
feed from=5 to=6
    changed r1
    moved
    forget A1
    settled A1
show r1
    rolled-back name=Ada email=ada@example.org seen=1 log=1 db=1
      tray A2 edit r1 name=Ada_Lovelace cause=A1 rolled-back not_found
