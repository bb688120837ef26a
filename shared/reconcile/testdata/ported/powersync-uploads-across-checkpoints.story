# Source: powersync-ja/powersync-js, packages/node/tests/sync.test.ts, "handles uploads across checkpoints"
# The server's data goes on while an own change is still on its way: each step is
# taken as it comes, none waits for the upload, and the upload's own end is met
# in a later one.
connect
    moved
    sync epoch="" since=0
synced full to=5
    changed everything
    moved
create r1 name=local email=local@example.org
    store A1 create r1 name=local email=local@example.org writing
    -- on disk
    changed r1
    send A1 create r1 name=local email=local@example.org
row r2 v=1 seq=6 name=s1 email=s1@example.org
feed from=5 to=6
    changed r2
    moved
row r3 v=1 seq=7 name=s2 email=s2@example.org
feed from=6 to=7
    changed r3
    moved
show r1
    pending name=local email=local@example.org seen=1 log=- db=-
      pending A1 create r1 name=local email=local@example.org sent
show r2
    confirmed name=s1 email=s1@example.org seen=1 log=1 db=1
accepted A1 seq=9 v=1
    changed r1
row r2 v=2 seq=8 name=s3 email=s1@example.org
feed from=7 to=8
    changed r2
    moved
show r1
    pending name=local email=local@example.org seen=1 log=1 db=-
      pending A1 create r1 name=local email=local@example.org accepted #9
row r1 v=1 seq=9 name=local email=local@example.org by=ann command=A1
feed from=8 to=9
    changed r1
    moved
    forget A1
    settled A1
show r1
    confirmed name=local email=local@example.org seen=1 log=1 db=1
show r3
    confirmed name=s2 email=s2@example.org seen=1 log=1 db=1
