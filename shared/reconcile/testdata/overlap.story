# A message that begins before the position and ends after it applies; one that
# ends before it is ignored; rows never go back.
connect
    moved
    sync epoch="" since=0
row r1 v=3 seq=7 name=C email=a@example.org
synced full to=7
    changed everything
    moved
row r1 v=2 seq=6 name=B email=a@example.org
row r2 v=1 seq=8 name=D email=d@example.org
feed from=5 to=8
    changed r2
    moved
show r1
    confirmed name=C email=a@example.org seen=3 log=3 db=3
show r2
    confirmed name=D email=d@example.org seen=1 log=1 db=1
row r1 v=2 seq=6 name=B email=a@example.org
feed from=5 to=8
feed from=5 to=6
show r1
    confirmed name=C email=a@example.org seen=3 log=3 db=3
