# The row is written first. The answer to the first edit is lost; the second
# one's brings the row, which has no sequence yet: it holds the first one too.
connect
    moved
    sync epoch="" since=0
row r1 v=1 seq=5 change=5 name=Ada email=ada@example.org
synced full to=5
    changed everything
    moved
edit r1 name=B strategy=outbox
    store A1 edit r1 name=B base=5 writing
    -- on disk
    changed r1
    send A1 edit r1 name=B base=5
edit r1 name=C strategy=outbox
    store A2 edit r1 name=C cause=A1 base=5 writing
    -- on disk
    changed r1
    send A2 edit r1 name=C cause=A1 base=5
row r1 v=3 change=7 name=C email=ada@example.org by=ann command=A2
confirmed A2 v=3 row
    changed r1
    store A1 edit r1 name=B base=5 sent passed
    forget A2
    settled A2
show r1
    pending name=C email=ada@example.org seen=3 log=3 db=3 shown=-
      pending A1 edit r1 name=B base=5 sent passed
row r1 v=4 change=8 name=D email=ada@example.org by=bob command=B1
feed from=5 to=6
    changed r1
    moved
show r1
    pending name=D email=ada@example.org seen=4 log=4 db=4 shown=-
      pending A1 edit r1 name=B base=5 sent passed
# The same where the feed was first, and the answer's own row is the older one.
edit r1 name=E strategy=outbox
    store A3 edit r1 name=E cause=A1 base=5 writing
    -- on disk
    changed r1
    send A3 edit r1 name=E cause=A1 base=5
edit r1 name=F strategy=outbox
    store A4 edit r1 name=F cause=A3 base=5 writing
    -- on disk
    changed r1
    send A4 edit r1 name=F cause=A3 base=5
row r1 v=7 change=11 name=G email=ada@example.org by=bob command=B2
feed from=6 to=7
    changed r1
    moved
row r1 v=6 change=10 name=F email=ada@example.org by=ann command=A4
confirmed A4 v=6 row
    changed r1
    forget A4
    settled A4
show r1
    pending name=G email=ada@example.org seen=7 log=7 db=7 shown=-
      pending A1 edit r1 name=B base=5 sent passed
      pending A3 edit r1 name=E cause=A1 base=5 sent
