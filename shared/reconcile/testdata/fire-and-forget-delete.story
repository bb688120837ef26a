# A delete that is taken for success is gone from the screen, and its undo is a
# create. Another epoch forgets what was taken for success in the old one.
connect
    moved
    sync epoch="" since=0
row r1 v=1 seq=5 name=Ada email=ada@example.org
synced full to=5
    changed everything
    moved
delete r1 strategy=fire-and-forget
    store A1 delete r1 base=5 writing
    -- on disk
    changed r1
    send A1 delete r1 base=5
show r1
    pending name=Ada email=ada@example.org seen=2 log=1 db=1 deleting
      pending A1 delete r1 base=5 sent
accepted A1 seq=6 v=2
    changed r1
    forget A1
    settled A1
show r1
    nothing
undo r1 strategy=fire-and-forget
    store A2 create r1 name=Ada email=ada@example.org base=5 writing
    -- on disk
    changed r1
    send A2 create r1 name=Ada email=ada@example.org base=5
show r1
    pending name=Ada email=ada@example.org seen=3 log=2 db=1 shown=A1,A2
      pending A2 create r1 name=Ada email=ada@example.org base=5 sent
epoch e2
row r1 v=1 seq=5 name=Ada email=ada@example.org
feed from=6 to=6
    sync epoch="e1" since=5
row r1 v=1 seq=5 name=Ada email=ada@example.org
synced full to=6
    changed everything
    moved
    send A2 create r1 name=Ada email=ada@example.org base=5
show r1
    pending name=Ada email=ada@example.org seen=2 log=1 db=1
      pending A2 create r1 name=Ada email=ada@example.org base=5 sent
