# Somebody else changes another field under a pending edit: it shows at once.
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
row r1 v=2 seq=6 name=Ada email=new@example.org
feed from=5 to=6
    changed r1
    moved
show r1
    pending name=B email=new@example.org seen=3 log=2 db=2
      pending A1 edit r1 name=B base=5 sent
accepted A1 seq=7 v=3
    changed r1
row r1 v=3 seq=7 name=B email=new@example.org
feed from=6 to=7
    changed r1
    moved
    forget A1
    settled A1
show r1
    confirmed name=B email=new@example.org seen=3 log=3 db=3
