# An answer that comes before the first rows cannot be placed; the command is
# sent again once they are here.
connect
    moved
    sync epoch="" since=0
create r1 name=Ada email=ada@example.org
    store A1 create r1 name=Ada email=ada@example.org writing
    -- on disk
    changed r1
    send A1 create r1 name=Ada email=ada@example.org
accepted A1 seq=6 v=1
row r1 v=1 seq=6 name=Ada email=ada@example.org
synced full to=6
    changed everything
    moved
    send A1 create r1 name=Ada email=ada@example.org
show r1
    pending name=Ada email=ada@example.org seen=2 log=1 db=1
      pending A1 create r1 name=Ada email=ada@example.org sent
confirmed A1 seq=6 v=1
    changed r1
    forget A1
    settled A1
show r1
    confirmed name=Ada email=ada@example.org seen=1 log=1 db=1
