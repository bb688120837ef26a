# A lost connection decides nothing. When it is back, what has no answer is sent
# again in the order typed, and what was missed is asked for.
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
create r2 name=Bob email=bob@example.org
    store A2 create r2 name=Bob email=bob@example.org writing
    -- on disk
    changed r2
    send A2 create r2 name=Bob email=bob@example.org
accepted A1 seq=6 v=1
    changed r1
disconnect
    moved
tick after=9000
edit r1 name=B
    store A3 edit r1 name=B cause=A1 writing
    -- on disk
    changed r1
show r1
    pending name=B email=ada@example.org seen=2 log=1 db=-
      pending A1 create r1 name=Ada email=ada@example.org accepted #6
      pending A3 edit r1 name=B cause=A1 queued
connect
    moved
    sync epoch="e1" since=5
    send A2 create r2 name=Bob email=bob@example.org
    changed r1
    send A3 edit r1 name=B cause=A1
row r1 v=1 seq=6 name=Ada email=ada@example.org
synced to=6
    changed r1
    moved
    forget A1
    settled A1
show r1
    pending name=B email=ada@example.org seen=2 log=1 db=1
      pending A3 edit r1 name=B cause=A1 sent
