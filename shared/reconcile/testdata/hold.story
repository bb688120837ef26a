# What is typed on a pending record is kept back until that is confirmed, one
# after the other, and can be withdrawn until then.
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
edit r1 name=C strategy=hold
    store A3 edit r1 name=C cause=A2 writing
    -- on disk
    changed r1
edit r1 name=D strategy=hold
    store A4 edit r1 name=D cause=A3 writing
    -- on disk
    changed r1
show r1
    pending name=D email=ada@example.org seen=4 log=- db=-
      pending A1 create r1 name=Ada email=ada@example.org sent
      pending A2 edit r1 name=B cause=A1 queued
      pending A3 edit r1 name=C cause=A2 queued
      pending A4 edit r1 name=D cause=A3 queued
# Time passes, and the line is cut: they are not sent.
tick after=100
disconnect
    moved
connect
    moved
    sync epoch="e1" since=5
    send A1 create r1 name=Ada email=ada@example.org
synced to=5
    moved
undo r1
    forget A4
    changed r1
show r1
    pending name=C email=ada@example.org seen=3 log=- db=-
      pending A1 create r1 name=Ada email=ada@example.org sent
      pending A2 edit r1 name=B cause=A1 queued
      pending A3 edit r1 name=C cause=A2 queued
accepted A1 seq=6 v=1
    changed r1
row r1 v=1 seq=6 name=Ada email=ada@example.org
feed from=5 to=6
    changed r1
    moved
    forget A1
    settled A1
    send A2 edit r1 name=B cause=A1
show r1
    pending name=C email=ada@example.org seen=3 log=1 db=1
      pending A2 edit r1 name=B cause=A1 sent
      pending A3 edit r1 name=C cause=A2 queued
accepted A2 seq=7 v=2
    changed r1
row r1 v=2 seq=7 name=B email=ada@example.org
feed from=6 to=7
    changed r1
    moved
    forget A2
    settled A2
    send A3 edit r1 name=C cause=A2
# An edit of another record does not wait.
edit r2 name=E strategy=hold
    store A5 edit r2 name=E writing
    -- on disk
    changed r2
    send A5 edit r2 name=E
