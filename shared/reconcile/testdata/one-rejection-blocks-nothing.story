# Verdicts come in any order, and none blocks another record.
connect
    moved
    sync epoch="" since=0
synced full to=5
    changed everything
    moved
create r1 name=A email=a@example.org
    store A1 create r1 name=A email=a@example.org writing
    -- on disk
    changed r1
    send A1 create r1 name=A email=a@example.org
create r2 name=B email=b@example.org
    store A2 create r2 name=B email=b@example.org writing
    -- on disk
    changed r2
    send A2 create r2 name=B email=b@example.org
create r3 name=C email=c@example.org
    store A3 create r3 name=C email=c@example.org writing
    -- on disk
    changed r3
    send A3 create r3 name=C email=c@example.org
accepted A3 seq=6 v=1
    changed r3
refused A1 code=invalid_email
    store A1 create r1 name=A email=a@example.org rolled-back invalid_email
    fell A1 create r1 name=A email=a@example.org rolled-back invalid_email
    changed r1
row r3 v=1 seq=6 name=C email=c@example.org
feed from=5 to=6
    changed r3
    moved
    forget A3
    settled A3
accepted A2 seq=7 v=1
    changed r2
row r2 v=1 seq=7 name=B email=b@example.org
feed from=6 to=7
    changed r2
    moved
    forget A2
    settled A2
show r1
    rolled-back name=A email=a@example.org seen=- log=- db=- gone
      tray A1 create r1 name=A email=a@example.org rolled-back invalid_email
show r2
    confirmed name=B email=b@example.org seen=1 log=1 db=1
show r3
    confirmed name=C email=c@example.org seen=1 log=1 db=1
