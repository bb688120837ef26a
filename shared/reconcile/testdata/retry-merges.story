# A retry makes one intent of a create and its edits, with a correction over
# them. The tray is kept until the intent is on the disk.
connect
    moved
    sync epoch="" since=0
synced full to=5
    changed everything
    moved
create r1 name=Ada email=taken@example.org
    store A1 create r1 name=Ada email=taken@example.org writing
    -- on disk
    changed r1
    send A1 create r1 name=Ada email=taken@example.org
edit r1 name=Ada_Lovelace
    store A2 edit r1 name=Ada_Lovelace cause=A1 writing
    -- on disk
    changed r1
    send A2 edit r1 name=Ada_Lovelace cause=A1
reject A1 seq=6 code=email_taken
reject A2 seq=7 code=cascade root=A1
feed from=5 to=7
    store A1 create r1 name=Ada email=taken@example.org rolled-back #6 email_taken
    fell A1 create r1 name=Ada email=taken@example.org rolled-back #6 email_taken
    changed r1
    store A2 edit r1 name=Ada_Lovelace cause=A1 rolled-back cascade root=A1
    fell A2 edit r1 name=Ada_Lovelace cause=A1 rolled-back cascade root=A1
    moved
retry r1 email=ada@example.org held
    store A3 create r1 name=Ada_Lovelace email=ada@example.org writing
show r1
    rolled-back name=Ada_Lovelace email=taken@example.org seen=- log=- db=- gone
      tray A1 create r1 name=Ada email=taken@example.org rolled-back #6 email_taken
      tray A2 edit r1 name=Ada_Lovelace cause=A1 rolled-back cascade root=A1
# Pressed twice, it is still one.
retry r1 email=ada@example.org
stored A3
    forget A1
    forget A2
    changed r1
    send A3 create r1 name=Ada_Lovelace email=ada@example.org
show r1
    pending name=Ada_Lovelace email=ada@example.org seen=1 log=- db=-
      pending A3 create r1 name=Ada_Lovelace email=ada@example.org sent
accepted A3 seq=8 v=1
    changed r1
row r1 v=1 seq=8 name=Ada_Lovelace email=ada@example.org
feed from=7 to=8
    changed r1
    moved
    forget A3
    settled A3
show r1
    confirmed name=Ada_Lovelace email=ada@example.org seen=1 log=1 db=1
