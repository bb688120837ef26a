# Rows are guarded by the source's own count of changes, where both have one, and
# else by their sequence: a row that a direct write made has none yet.
connect
    moved
    sync epoch="" since=0
synced full to=5
    changed everything
    moved
row r1 v=2 seq=6 change=8 name=Ada email=ada@example.org
feed from=5 to=6
    changed r1
    moved
row r1 v=3 change=9 name=B email=ada@example.org
feed from=6 to=7
    changed r1
    moved
show r1
    confirmed name=B email=ada@example.org seen=3 log=3 db=3
row r1 v=2 seq=99 change=8 name=Stale email=ada@example.org
feed from=7 to=8
    moved
show r1
    confirmed name=B email=ada@example.org seen=3 log=3 db=3
row r2 v=1 seq=6 name=Carl email=carl@example.org
feed from=8 to=9
    changed r2
    moved
row r2 v=2 seq=7 change=10 name=Dora email=carl@example.org
feed from=9 to=10
    changed r2
    moved
show r2
    confirmed name=Dora email=carl@example.org seen=2 log=2 db=2
