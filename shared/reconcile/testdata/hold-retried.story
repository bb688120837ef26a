# A create that the server asked for again holds its edit back all the same.
connect
    moved
    sync epoch="" since=0
synced full to=5
    changed everything
    moved
create r1 name=Ada email=ada@example.org strategy=hold
    store A1 create r1 name=Ada email=ada@example.org writing
    -- on disk
    changed r1
    send A1 create r1 name=Ada email=ada@example.org
edit r1 name=B strategy=hold
    store A2 edit r1 name=B cause=A1 writing
    -- on disk
    changed r1
retry-later A1
    changed r1
next
    after 50
tick after=50
    changed r1
    send A1 create r1 name=Ada email=ada@example.org
next
    after 1950
unknown A1
    changed r1
next
    after 100
tick after=100
    changed r1
    send A1 create r1 name=Ada email=ada@example.org
confirmed A1 seq=5 v=1
    changed r1
    forget A1
    settled A1
    send A2 edit r1 name=B cause=A1
