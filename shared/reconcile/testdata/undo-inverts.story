# Undo of what was sent is its inverse, typed on it.
connect
    moved
    sync epoch="" since=0
row r1 v=1 seq=5 name=Ada email=ada@example.org
synced full to=5
    changed everything
    moved
edit r1 name=B
    store A1 edit r1 name=B base=5 writing
    -- on disk
    changed r1
    send A1 edit r1 name=B base=5
undo r1
    store A2 edit r1 name=Ada cause=A1 base=5 writing
    -- on disk
    changed r1
    send A2 edit r1 name=Ada cause=A1 base=5
show r1
    pending name=Ada email=ada@example.org seen=3 log=1 db=1
      pending A1 edit r1 name=B base=5 sent
      pending A2 edit r1 name=Ada cause=A1 base=5 sent
accepted A1 seq=6 v=2
    changed r1
accepted A2 seq=7 v=3
    changed r1
row r1 v=3 seq=7 name=Ada email=ada@example.org
feed from=5 to=7
    changed r1
    moved
    forget A1
    settled A1
    forget A2
    settled A2
# The undo can be undone, and so can a delete that is confirmed.
undo r1
    store A3 edit r1 name=B base=7 writing
    -- on disk
    changed r1
    send A3 edit r1 name=B base=7
delete r1
    store A4 delete r1 cause=A3 base=7 writing
    -- on disk
    changed r1
    send A4 delete r1 cause=A3 base=7
accepted A3 seq=8 v=4
    changed r1
accepted A4 seq=9 v=5
    changed r1
row r1 v=5 seq=9 name=B email=ada@example.org deleted
feed from=7 to=9
    changed r1
    moved
    forget A3
    settled A3
    forget A4
    settled A4
show r1
    nothing
undo r1
    store A5 create r1 name=B email=ada@example.org base=9 writing
    -- on disk
    changed r1
    send A5 create r1 name=B email=ada@example.org base=9
show r1
    pending name=B email=ada@example.org seen=6 log=- db=-
      pending A5 create r1 name=B email=ada@example.org base=9 sent
