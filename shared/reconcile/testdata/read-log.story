# The list is folded from the log, and nothing is laid over it. What is confirmed
# is still told by the read model.
follow strategy=read-log
    changed everything
connect
    moved
    sync epoch="" since=0
synced full to=5
    changed everything
    moved
    sync epoch="" since=0 log
row r1 v=1 seq=5 change=5 name=Ada email=ada@example.org
synced full to=5 log
    changed everything
create r2 name=Bob email=bob@example.org strategy=read-log
    store A1 create r2 name=Bob email=bob@example.org writing
    -- on disk
    changed r2
    send A1 create r2 name=Bob email=bob@example.org
# What is only typed shows nothing.
show r2
    nothing
accepted A1 seq=6 v=1
    changed r2
show r2
    nothing
row r2 v=1 seq=6 change=6 born=6 name=Bob email=bob@example.org by=ann command=A1
feed from=5 to=6 log
    changed r2
show r2
    pending name=Bob email=bob@example.org seen=1 log=1 db=- shown=-
      pending A1 create r2 name=Bob email=bob@example.org accepted #6
edit r2 name=C strategy=read-log
    store A2 edit r2 name=C cause=A1 writing
    -- on disk
    changed r2
    send A2 edit r2 name=C cause=A1
show r2
    pending name=Bob email=bob@example.org seen=1 log=1 db=- shown=-
      pending A1 create r2 name=Bob email=bob@example.org accepted #6
      pending A2 edit r2 name=C cause=A1 sent
# Rows of the read model are not taken, but confirm.
row r2 v=1 seq=6 change=6 name=Other email=bob@example.org
feed from=5 to=6
    moved
    changed r2
    forget A1
    settled A1
show r2
    pending name=Bob email=bob@example.org seen=1 log=1 db=1 shown=-
      pending A2 edit r2 name=C cause=A1 sent
accepted A2 seq=7 v=2
    changed r2
row r2 v=2 seq=7 change=7 born=6 name=C email=bob@example.org by=ann command=A2
feed from=6 to=7 log
    changed r2
show r2
    pending name=C email=bob@example.org seen=2 log=2 db=1 shown=-
      pending A2 edit r2 name=C cause=A1 accepted #7
# It fails, and the log says so: a rejection, and the record as it is without it.
row r2 v=1 seq=8 change=8 born=6 name=Bob email=bob@example.org
feed from=7 to=8 log
    changed r2
reject A2 seq=7 code=projection_failed
feed from=6 to=8
    store A2 edit r2 name=C cause=A1 rolled-back #7 projection_failed
    fell A2 edit r2 name=C cause=A1 rolled-back #7 projection_failed
    changed r2
    moved
show r2
    rolled-back name=Bob email=bob@example.org seen=1 log=1 db=1
      tray A2 edit r2 name=C cause=A1 rolled-back #7 projection_failed
