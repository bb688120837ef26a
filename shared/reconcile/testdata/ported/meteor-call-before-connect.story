# Source: meteor/meteor, packages/ddp-client/test/livedata_connection_tests.js, "livedata stub - method call before connect"
# What is typed before the first connection shows, waits, can be taken back, and
# is sent once there is one.
create r1 name=Ada email=ada@example.org
    store A1 create r1 name=Ada email=ada@example.org writing
    -- on disk
    changed r1
create r2 name=Bob email=bob@example.org
    store A2 create r2 name=Bob email=bob@example.org writing
    -- on disk
    changed r2
edit r1 name=B
    store A3 edit r1 name=B cause=A1 writing
    -- on disk
    changed r1
show r1
    pending name=B email=ada@example.org seen=2 log=- db=-
      pending A1 create r1 name=Ada email=ada@example.org queued
      pending A3 edit r1 name=B cause=A1 queued
undo r2
    forget A2
    changed r2
show r2
    nothing
next
    never
connect
    moved
    sync epoch="" since=0
    changed r1
    send A1 create r1 name=Ada email=ada@example.org
    send A3 edit r1 name=B cause=A1
synced full to=5
    changed everything
    moved
    send A1 create r1 name=Ada email=ada@example.org
    send A3 edit r1 name=B cause=A1
accepted A1 seq=6 v=1
    changed r1
accepted A3 seq=7 v=2
    changed r1
row r1 v=2 seq=7 name=B email=ada@example.org by=ann command=A3
feed from=5 to=7
    changed r1
    moved
    forget A1
    settled A1
    forget A3
    settled A3
show r1
    confirmed name=B email=ada@example.org seen=2 log=2 db=2
