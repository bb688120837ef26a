# Source: electric-sql/electric, clients/typescript/test/satellite/merge.test.ts, "(SQLite) merge works on oplog entries"
# Two people make one record at the same time, with other values. There the later
# one wins field by field; here the log's first one is the record, and the other
# is rolled back, whole, with what was typed on it.
connect
    moved
    sync epoch="" since=0
synced full to=5
    changed everything
    moved
create r1 name=John email=mine@example.org
    store A1 create r1 name=John email=mine@example.org writing
    -- on disk
    changed r1
    send A1 create r1 name=John email=mine@example.org
edit r1 email=mine2@example.org
    store A2 edit r1 email=mine2@example.org cause=A1 writing
    -- on disk
    changed r1
    send A2 edit r1 email=mine2@example.org cause=A1
row r1 v=1 seq=6 born=6 name=Johnny email=theirs@example.org by=bob command=B1
feed from=5 to=6
    changed r1
    moved
show r1
    pending name=John email=mine2@example.org seen=3 log=1 db=1
      pending A1 create r1 name=John email=mine@example.org sent
      pending A2 edit r1 email=mine2@example.org cause=A1 sent
refused A1 code=exists
    store A1 create r1 name=John email=mine@example.org rolled-back exists
    fell A1 create r1 name=John email=mine@example.org rolled-back exists
    changed r1
    store A2 edit r1 email=mine2@example.org cause=A1 rolled-back cascade root=A1
    fell A2 edit r1 email=mine2@example.org cause=A1 rolled-back cascade root=A1
show r1
    rolled-back name=Johnny email=theirs@example.org seen=1 log=1 db=1
      tray A1 create r1 name=John email=mine@example.org rolled-back exists
      tray A2 edit r1 email=mine2@example.org cause=A1 rolled-back cascade root=A1
dismiss r1
    forget A1
    forget A2
    changed r1
show r1
    confirmed name=Johnny email=theirs@example.org seen=1 log=1 db=1
