# An own delete is shown as under way, and gone when it is confirmed.
connect
    moved
    sync epoch="" since=0
row r1 v=1 seq=5 name=Ada email=ada@example.org
synced full to=5
    changed everything
    moved
delete r1
    store A1 delete r1 base=5 writing
    -- on disk
    changed r1
    send A1 delete r1 base=5
show r1
    pending name=Ada email=ada@example.org seen=2 log=1 db=1 deleting
      pending A1 delete r1 base=5 sent
accepted A1 seq=6 v=2
    changed r1
row r1 v=2 seq=6 name=Ada email=ada@example.org deleted
feed from=5 to=6
    changed r1
    moved
    forget A1
    settled A1
show r1
    nothing
