# Rows only: nothing is laid over them, but that something is pending is told.
follow strategy=reconcile,read=projection
    changed everything
connect
    moved
    sync epoch="" since=0
row r1 v=1 seq=5 name=Ada email=ada@example.org
synced full to=5
    changed everything
    moved
edit r1 name=B strategy=reconcile,read=projection
    store A1 edit r1 name=B base=5 writing
    -- on disk
    changed r1
    send A1 edit r1 name=B base=5
show r1
    pending name=Ada email=ada@example.org seen=1 log=1 db=1 shown=-
      pending A1 edit r1 name=B base=5 sent
create r2 name=Carl email=carl@example.org strategy=reconcile,read=projection
    store A2 create r2 name=Carl email=carl@example.org writing
    -- on disk
    changed r2
    send A2 create r2 name=Carl email=carl@example.org
show r2
    nothing
refused A2 code=email_taken
    store A2 create r2 name=Carl email=carl@example.org rolled-back email_taken
    fell A2 create r2 name=Carl email=carl@example.org rolled-back email_taken
    changed r2
show r2
    rolled-back name=Carl email=carl@example.org seen=- log=- db=- gone
      tray A2 create r2 name=Carl email=carl@example.org rolled-back email_taken
accepted A1 seq=6 v=2
    changed r1
row r1 v=2 seq=6 name=B email=ada@example.org by=ann command=A1
feed from=5 to=6
    changed r1
    moved
    forget A1
    settled A1
show r1
    confirmed name=B email=ada@example.org seen=2 log=2 db=2
