# Source: meteor/meteor, packages/ddp-client/test/livedata_connection_tests.js, "livedata stub - reconnect method which only got data"
# The data came, the answer did not, and the connection breaks. It is sent again
# under the same id, is pending until the answer is here, and shows once.
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
row r1 v=1 seq=6 born=6 name=foo email=foo@example.org by=ann command=A1
feed from=5 to=6
    changed r1
    moved
disconnect
    moved
show r1
    pending name=foo email=foo@example.org seen=1 log=1 db=1 shown=-
      pending A1 create r1 name=foo email=foo@example.org sent
connect
    moved
    sync epoch="e1" since=6
    send A1 create r1 name=foo email=foo@example.org
synced to=6
    moved
show r1
    pending name=foo email=foo@example.org seen=1 log=1 db=1 shown=-
      pending A1 create r1 name=foo email=foo@example.org sent
confirmed A1 seq=6 v=1
    changed r1
    forget A1
    settled A1
show r1
    confirmed name=foo email=foo@example.org seen=1 log=1 db=1
