# Source: meteor/meteor, packages/ddp-client/test/livedata_connection_tests.js, "livedata stub - multiple stubs same doc"
# Two changes of one record are pending and data comes that is not quite what was
# typed. The typed fields stay until both are done, the others show at once: they
# are not held back with them.
connect
    moved
    sync epoch="" since=0
synced full to=5
    changed everything
    moved
create r1 name=bar email=bar@example.org
    store A1 create r1 name=bar email=bar@example.org writing
    -- on disk
    changed r1
    send A1 create r1 name=bar email=bar@example.org
edit r1 name=baz
    store A2 edit r1 name=baz cause=A1 writing
    -- on disk
    changed r1
    send A2 edit r1 name=baz cause=A1
row r1 v=1 seq=6 born=6 name=barb email=other@example.org by=ann command=A1
feed from=5 to=6
    changed r1
    moved
show r1
    pending name=baz email=other@example.org seen=2 log=1 db=1 shown=A2
      pending A1 create r1 name=bar email=bar@example.org sent
      pending A2 edit r1 name=baz cause=A1 sent
accepted A1 seq=6 v=1
    changed r1
    forget A1
    settled A1
show r1
    pending name=baz email=other@example.org seen=2 log=1 db=1
      pending A2 edit r1 name=baz cause=A1 sent
row r1 v=2 seq=7 born=6 name=baz43 email=other2@example.org by=ann command=A2
feed from=6 to=7
    changed r1
    moved
show r1
    pending name=baz43 email=other2@example.org seen=2 log=2 db=2 shown=-
      pending A2 edit r1 name=baz cause=A1 sent
accepted A2 seq=7 v=2
    changed r1
    forget A2
    settled A2
show r1
    confirmed name=baz43 email=other2@example.org seen=2 log=2 db=2
