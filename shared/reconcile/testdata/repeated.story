# What comes late or twice changes nothing and says nothing.
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
accepted A1 seq=6 v=1
retry-later A1
unknown A1
stored A1
row r1 v=1 seq=6 name=Ada email=ada@example.org
feed from=5 to=6
    changed r1
    moved
    forget A1
    settled A1
row r1 v=1 seq=6 name=Ada email=ada@example.org
feed from=5 to=6
feed from=6 to=6
accepted A1 seq=6 v=1
confirmed A1 seq=6 v=1
refused A1 code=exists
accepted A9 seq=6 v=1
reject A9 seq=6 code=exists
reject A1 seq=6 code=exists client=bob
feed from=6 to=7
    moved
show r1
    confirmed name=Ada email=ada@example.org seen=1 log=1 db=1
