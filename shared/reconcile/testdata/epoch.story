# Another build of the read model: a sequence is not an identity. Everything is
# loaded anew, and whatever has no verdict is asked for again.
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
epoch e2
feed from=3 to=3
    sync epoch="e1" since=5
show r1
    pending name=Ada email=ada@example.org seen=1 log=1 db=-
      pending A1 create r1 name=Ada email=ada@example.org accepted #6
row r3 v=1 seq=2 name=Carl email=carl@example.org
synced full to=3
    changed everything
    moved
    send A1 create r1 name=Ada email=ada@example.org
    send A2 create r2 name=Bob email=bob@example.org
show r1
    pending name=Ada email=ada@example.org seen=1 log=- db=-
      pending A1 create r1 name=Ada email=ada@example.org sent
show r3
    confirmed name=Carl email=carl@example.org seen=1 log=1 db=1
# An answer from before means nothing any more.
accepted A2 seq=7 v=1 epoch=e1
    sync epoch="e2" since=3
synced to=3
    moved
accepted A2 seq=4 v=1
    changed r2
confirmed A1 seq=3 v=1
    changed r1
    forget A1
    settled A1
row r1 v=1 seq=3 name=Ada email=ada@example.org
row r2 v=1 seq=4 name=Bob email=bob@example.org
feed from=3 to=4
    changed r1
    changed r2
    moved
    forget A2
    settled A2
show r1
    confirmed name=Ada email=ada@example.org seen=1 log=1 db=1
show r2
    confirmed name=Bob email=bob@example.org seen=1 log=1 db=1
