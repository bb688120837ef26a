# The server makes the id that is shown. A create's row that comes before its
# answer cannot be told to be the same: it is shown twice until then.
follow strategy=server-id
    changed everything
connect
    moved
    sync epoch="" since=0
synced full to=5
    changed everything
    moved
create r1 name=Ada email=ada@example.org strategy=server-id
    store A1 create r1 name=Ada email=ada@example.org writing
    -- on disk
    changed r1
    send A1 create r1 name=Ada email=ada@example.org
show r1
    pending name=Ada email=ada@example.org seen=1 log=- db=-
      pending A1 create r1 name=Ada email=ada@example.org sent
row r1 v=1 seq=6 born=6 name=Ada email=ada@example.org by=ann command=A1
feed from=5 to=6
    changed r1
    moved
show r1
    pending name=Ada email=ada@example.org seen=1 log=1 db=1 twin shown=-
      pending A1 create r1 name=Ada email=ada@example.org sent
accepted A1 seq=6 v=1
    changed r1
    forget A1
    settled A1
show r1
    confirmed name=Ada email=ada@example.org seen=1 log=1 db=1
# In the usual order there is none.
create r2 name=Bob email=bob@example.org strategy=server-id
    store A2 create r2 name=Bob email=bob@example.org writing
    -- on disk
    changed r2
    send A2 create r2 name=Bob email=bob@example.org
accepted A2 seq=7 v=1
    changed r2
row r2 v=1 seq=7 born=7 name=Bob email=bob@example.org by=ann command=A2
feed from=6 to=7
    changed r2
    moved
    forget A2
    settled A2
show r2
    confirmed name=Bob email=bob@example.org seen=1 log=1 db=1
# Nor for an edit, nor for a create over what its author deleted.
delete r2 strategy=server-id
    store A3 delete r2 base=7 writing
    -- on disk
    changed r2
    send A3 delete r2 base=7
create r2 name=Bob email=bob@example.org strategy=server-id
    store A4 create r2 name=Bob email=bob@example.org cause=A3 base=7 writing
    -- on disk
    changed r2
    send A4 create r2 name=Bob email=bob@example.org cause=A3 base=7
show r2
    pending name=Bob email=bob@example.org seen=3 log=1 db=1
      pending A3 delete r2 base=7 sent
      pending A4 create r2 name=Bob email=bob@example.org cause=A3 base=7 sent
