# The two sources are resynced one after the other, each at its own gap; the
# failure of one does not keep the other waiting.
follow strategy=read-log
    changed everything
connect
    moved
    sync epoch="" since=0
sync-failed
next
    after 0
tick
    sync epoch="" since=0 log
synced full to=5 log
    changed everything
    sync epoch="" since=0
synced full to=5
    changed everything
    moved
row r1 v=1 seq=7 change=7 name=Ada email=ada@example.org
feed from=6 to=7 log
    sync epoch="e1" since=5 log
feed from=6 to=7
row r1 v=1 seq=6 change=6 name=A email=ada@example.org
synced to=6 log
    changed r1
    sync epoch="e1" since=5
synced to=7
    moved
show r1
    confirmed name=Ada email=ada@example.org seen=1 log=1 db=1
sync-failed
next
    after 1000
tick after=999
next
    after 1
tick after=1
    sync epoch="e1" since=7
sync-failed
disconnect
    moved
next
    never
