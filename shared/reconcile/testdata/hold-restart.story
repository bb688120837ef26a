# What was held back is so after a restart: its create is still pending.
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
restart
    changed r1
    changed r1
connect
    moved
    sync epoch="" since=0
    changed r1
    send A1 create r1 name=Ada email=ada@example.org
show r1
    pending name=B email=ada@example.org seen=2 log=- db=-
      pending A1 create r1 name=Ada email=ada@example.org sent
      pending A2 edit r1 name=B cause=A1 queued
row r1 v=1 seq=6 name=Ada email=ada@example.org by=ann command=A1
synced full to=6
    changed everything
    moved
    send A1 create r1 name=Ada email=ada@example.org
confirmed A1 seq=6 v=1
    changed r1
    forget A1
    settled A1
    send A2 edit r1 name=B cause=A1
show r1
    pending name=B email=ada@example.org seen=2 log=1 db=1
      pending A2 edit r1 name=B cause=A1 sent
