# Source: meteor/meteor, packages/ddp-client/test/livedata_connection_tests.js, "livedata stub - unsent methods don't block quiescence"
# A change that is held back, and so was never sent, keeps nothing else from
# being confirmed; and when its own turn comes the server's word replaces it.
connect
    moved
    sync epoch="" since=0
row r1 v=1 seq=5 name=Ada email=ada@example.org
synced full to=5
    changed everything
    moved
edit r1 name=B strategy=hold
    store A1 edit r1 name=B base=5 writing
    -- on disk
    changed r1
    send A1 edit r1 name=B base=5
edit r1 name=C strategy=hold
    store A2 edit r1 name=C cause=A1 base=5 writing
    -- on disk
    changed r1
create r2 name=Bob email=bob@example.org strategy=hold
    store A3 create r2 name=Bob email=bob@example.org writing
    -- on disk
    changed r2
    send A3 create r2 name=Bob email=bob@example.org
accepted A3 seq=6 v=1
    changed r2
row r2 v=1 seq=6 name=Bob email=bob@example.org by=ann command=A3
feed from=5 to=6
    changed r2
    moved
    forget A3
    settled A3
show r1
    pending name=C email=ada@example.org seen=3 log=1 db=1
      pending A1 edit r1 name=B base=5 sent
      pending A2 edit r1 name=C cause=A1 base=5 queued
show r2
    confirmed name=Bob email=bob@example.org seen=1 log=1 db=1
accepted A1 seq=7 v=2
    changed r1
row r1 v=2 seq=7 name=B email=ada@example.org by=ann command=A1
feed from=6 to=7
    changed r1
    moved
    forget A1
    settled A1
    send A2 edit r1 name=C cause=A1 base=5
refused A2 code=conflict
    store A2 edit r1 name=C cause=A1 base=5 rolled-back conflict
    fell A2 edit r1 name=C cause=A1 base=5 rolled-back conflict
    changed r1
show r1
    rolled-back name=B email=ada@example.org seen=2 log=2 db=2
      tray A2 edit r1 name=C cause=A1 base=5 rolled-back conflict
