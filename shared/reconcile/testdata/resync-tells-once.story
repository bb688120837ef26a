# A record that changed twice during a resync is told of once.
connect
    moved
    sync epoch="" since=0
synced full to=5
    changed everything
    moved
disconnect
    moved
connect
    moved
    sync epoch="e1" since=5
row r1 v=2 seq=7 name=B email=a@example.org
feed from=6 to=7
row r1 v=1 seq=6 name=A email=a@example.org
synced to=6
    changed r1
    moved
    moved
show r1
    confirmed name=B email=a@example.org seen=2 log=2 db=2
