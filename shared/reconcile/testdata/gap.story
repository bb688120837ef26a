# A feed message is lost. The next one starts after the position: it confirms
# nothing, and is kept while a resync fills the gap.
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
accepted A1 seq=6 v=1
    changed r1
row r2 v=1 seq=7 name=Bob email=bob@example.org
feed from=6 to=7
    sync epoch="e1" since=5
show r1
    pending name=Ada email=ada@example.org seen=1 log=1 db=-
      pending A1 create r1 name=Ada email=ada@example.org accepted #6
show r2
    nothing
row r1 v=1 seq=6 name=Ada email=ada@example.org
synced to=6
    changed r1
    moved
    forget A1
    settled A1
    changed r2
    moved
show r1
    confirmed name=Ada email=ada@example.org seen=1 log=1 db=1
show r2
    confirmed name=Bob email=bob@example.org seen=1 log=1 db=1
