# Source: meteor/meteor, packages/ddp-client/test/livedata_connection_tests.js, "livedata connection - two wait methods"
# A queue of changes that wait for one another is sent one at a time, whichever
# of answer and data comes first, also over a broken connection.
connect
    moved
    sync epoch="" since=0
row r1 v=1 seq=5 name=zero email=ada@example.org
synced full to=5
    changed everything
    moved
edit r1 name=one strategy=hold
    store A1 edit r1 name=one base=5 writing
    -- on disk
    changed r1
    send A1 edit r1 name=one base=5
edit r1 name=two strategy=hold
    store A2 edit r1 name=two cause=A1 base=5 writing
    -- on disk
    changed r1
edit r1 name=three strategy=hold
    store A3 edit r1 name=three cause=A2 base=5 writing
    -- on disk
    changed r1
accepted A1 seq=6 v=2
    changed r1
row r1 v=2 seq=6 name=one email=ada@example.org by=ann command=A1
feed from=5 to=6
    changed r1
    moved
    forget A1
    settled A1
    send A2 edit r1 name=two cause=A1 base=5
row r1 v=3 seq=7 name=two email=ada@example.org by=ann command=A2
feed from=6 to=7
    changed r1
    moved
show r1
    pending name=three email=ada@example.org seen=4 log=3 db=3 shown=A3
      pending A2 edit r1 name=two cause=A1 base=5 sent
      pending A3 edit r1 name=three cause=A2 base=5 queued
disconnect
    moved
connect
    moved
    sync epoch="e1" since=7
    send A2 edit r1 name=two cause=A1 base=5
synced to=7
    moved
accepted A2 seq=7 v=3
    changed r1
    forget A2
    settled A2
    send A3 edit r1 name=three cause=A2 base=5
show r1
    pending name=three email=ada@example.org seen=4 log=3 db=3
      pending A3 edit r1 name=three cause=A2 base=5 sent
accepted A3 seq=8 v=4
    changed r1
row r1 v=4 seq=8 name=three email=ada@example.org by=ann command=A3
feed from=7 to=8
    changed r1
    moved
    forget A3
    settled A3
show r1
    confirmed name=three email=ada@example.org seen=4 log=4 db=4
