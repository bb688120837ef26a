# Source: meteor/meteor, packages/ddp-client/test/livedata_connection_tests.js, "livedata stub - reconnect method which only got result"
# The answer came, the data did not, and the connection breaks. It is not sent
# again; the data that comes with the new connection ends it.
connect
    moved
    sync epoch="" since=0
synced full to=5
    changed everything
    moved
create r1 name=foo email=foo@example.org
    store A1 create r1 name=foo email=foo@example.org writing
    -- on disk
    changed r1
    send A1 create r1 name=foo email=foo@example.org
accepted A1 seq=6 v=1
    changed r1
show r1
    pending name=foo email=foo@example.org seen=1 log=1 db=-
      pending A1 create r1 name=foo email=foo@example.org accepted #6
disconnect
    moved
connect
    moved
    sync epoch="e1" since=5
row r2 v=1 seq=7 name=Bob email=bob@example.org
feed from=6 to=7
row r1 v=1 seq=6 name=baz email=foo@example.org by=ann command=A1
synced to=6
    changed r1
    moved
    forget A1
    settled A1
    changed r2
    moved
show r1
    confirmed name=baz email=foo@example.org seen=1 log=1 db=1
show r2
    confirmed name=Bob email=bob@example.org seen=1 log=1 db=1
