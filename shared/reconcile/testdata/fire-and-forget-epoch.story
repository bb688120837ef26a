# A create without an answer, and a delete on it that was taken for success. In another
# epoch the row is the one that the delete made: the create came before, so it is not
# laid over it again.
connect
    moved
    sync epoch="" since=0
synced full to=5
    changed everything
    moved
create r1 name=Ada email=ada@example.org strategy=fire-and-forget
    store A1 create r1 name=Ada email=ada@example.org writing
    -- on disk
    changed r1
    send A1 create r1 name=Ada email=ada@example.org
delete r1 strategy=fire-and-forget
    store A2 delete r1 cause=A1 writing
    -- on disk
    changed r1
    send A2 delete r1 cause=A1
accepted A2 seq=7
    changed r1
    forget A2
    settled A2
show r1
    pending name=Ada email=ada@example.org seen=- log=- db=- gone shown=A1,A2
      pending A1 create r1 name=Ada email=ada@example.org sent
epoch e2
row r1 name=Ada email=ada@example.org v=2 seq=7 deleted by=ann command=A2 change=7
synced full to=9
    changed everything
    moved
    send A1 create r1 name=Ada email=ada@example.org
show r1
    pending name=Ada email=ada@example.org seen=- log=- db=- gone shown=-
      pending A1 create r1 name=Ada email=ada@example.org sent
