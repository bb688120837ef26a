# The outbox forgets what is taken for success: after a restart the row is shown
# without it until the read model has it.
connect
    moved
    sync epoch="" since=0
synced full to=5
    changed everything
    moved
create r1 name=Ada email=ada@example.org strategy=fire-and-forget
    store A1 create r1 name=Ada email=ada@example.org writing
    -- on disk
    changed r1
    send A1 create r1 name=Ada email=ada@example.org
accepted A1 seq=6 v=1
    changed r1
    forget A1
    settled A1
restart
connect
    moved
    sync epoch="" since=0
synced full to=5
    changed everything
    moved
show r1
    nothing
row r1 v=1 seq=6 name=Ada email=ada@example.org
feed from=5 to=6
    changed r1
    moved
show r1
    confirmed name=Ada email=ada@example.org seen=1 log=1 db=1
