# Source: TanStack/db, packages/offline-transactions/tests/offline-e2e.test.ts, "serializes transactions targeting the same key"
# Where dependents are held, the second change of a record is not sent before the
# first one is confirmed; another record does not wait.
connect
    moved
    sync epoch="" since=0
synced full to=5
    changed everything
    moved
create r1 name=v1 email=ada@example.org strategy=hold
    store A1 create r1 name=v1 email=ada@example.org writing
    -- on disk
    changed r1
    send A1 create r1 name=v1 email=ada@example.org
edit r1 name=v2 strategy=hold
    store A2 edit r1 name=v2 cause=A1 writing
    -- on disk
    changed r1
create r2 name=Bob email=bob@example.org strategy=hold
    store A3 create r2 name=Bob email=bob@example.org writing
    -- on disk
    changed r2
    send A3 create r2 name=Bob email=bob@example.org
tick after=1000
accepted A1 seq=6 v=1
    changed r1
show r1
    pending name=v2 email=ada@example.org seen=2 log=1 db=-
      pending A1 create r1 name=v1 email=ada@example.org accepted #6
      pending A2 edit r1 name=v2 cause=A1 queued
row r1 v=1 seq=6 name=v1 email=ada@example.org by=ann command=A1
feed from=5 to=6
    changed r1
    moved
    forget A1
    settled A1
    send A2 edit r1 name=v2 cause=A1
accepted A2 seq=7 v=2
    changed r1
row r1 v=2 seq=7 name=v2 email=ada@example.org by=ann command=A2
feed from=6 to=7
    changed r1
    moved
    forget A2
    settled A2
show r1
    confirmed name=v2 email=ada@example.org seen=2 log=2 db=2
