# A mutation was rejected while its client was away. The full resync says so;
# an answer that still calls it accepted is older, and confirms nothing.
create r1 name=Ada email=ada@example.org
    store A1 create r1 name=Ada email=ada@example.org writing
    -- on disk
    changed r1
restart
    changed r1
connect
    moved
    sync epoch="" since=0
    changed r1
    send A1 create r1 name=Ada email=ada@example.org
reject A1 seq=5 code=email_taken
synced full to=7
    changed everything
    moved
    store A1 create r1 name=Ada email=ada@example.org rolled-back #5 email_taken
    fell A1 create r1 name=Ada email=ada@example.org rolled-back #5 email_taken
    changed r1
accepted A1 seq=5 v=1
show r1
    rolled-back name=Ada email=ada@example.org seen=- log=- db=- gone
      tray A1 create r1 name=Ada email=ada@example.org rolled-back #5 email_taken
