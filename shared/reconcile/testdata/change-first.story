# The row was written before its event: the answer brings it along and there is
# nothing to wait for. When the event is in the log, the row gets its sequence.
connect
    moved
    sync epoch="" since=0
synced full to=5
    changed everything
    moved
create r1 name=Ada email=ada@example.org strategy=outbox
    store A1 create r1 name=Ada email=ada@example.org writing
    -- on disk
    changed r1
    send A1 create r1 name=Ada email=ada@example.org
row r1 v=1 change=6 name=Ada email=ada@example.org by=ann command=A1
confirmed A1 v=1 row
    changed r1
    forget A1
    settled A1
show r1
    confirmed name=Ada email=ada@example.org seen=1 log=1 db=1
edit r1 name=B strategy=outbox
    store A2 edit r1 name=B writing
    -- on disk
    changed r1
    send A2 edit r1 name=B
# The feed of the create comes late: older than what the base has.
row r1 v=2 change=7 name=B email=ada@example.org by=ann command=A2
confirmed A2 v=2 row
    changed r1
    forget A2
    settled A2
row r1 v=1 change=6 name=Ada email=ada@example.org by=ann command=A1
feed from=5 to=5
show r1
    confirmed name=B email=ada@example.org seen=2 log=2 db=2
row r1 v=2 seq=7 change=9 name=B email=ada@example.org by=ann command=A2
feed from=5 to=7
    changed r1
    moved
show r1
    confirmed name=B email=ada@example.org seen=2 log=2 db=2
undo r1
    store A3 edit r1 name=Ada base=7 writing
    -- on disk
    changed r1
    send A3 edit r1 name=Ada base=7
