# A resync ends, and what came meanwhile has a gap before it again. The next one
# is under way then: nothing is taken before it is here, and no third one begins.
connect
    moved
    sync epoch="" since=0
synced full to=5
    changed everything
    moved
row r2 v=1 seq=9 name=Bob email=bob@example.org
feed from=8 to=9
    sync epoch="e1" since=5
synced to=6
    moved
    sync epoch="e1" since=6
row r1 v=1 seq=7 name=Ada email=ada@example.org
feed from=6 to=7
show r1
    nothing
row r3 v=1 seq=10 name=Carl email=carl@example.org
feed from=9 to=10
row r1 v=2 seq=8 name=B email=ada@example.org
synced to=8
    changed r1
    moved
    changed r2
    moved
    changed r3
    moved
show r1
    confirmed name=B email=ada@example.org seen=2 log=2 db=2
show r3
    confirmed name=Carl email=carl@example.org seen=1 log=1 db=1
