# Source: rocicorp/mono, packages/replicache/src/replicache.test.ts, "HTTP status push"
# The server says four times that it cannot now. None of it is a verdict: the
# change stays on the screen and goes out again under its one id, until it is
# taken.
connect
    moved
    sync epoch="" since=0
synced full to=5
    changed everything
    moved
create r1 name=Ada email=ada@example.org
    store A1 create r1 name=Ada email=ada@example.org writing
    -- on disk
    changed r1
    send A1 create r1 name=Ada email=ada@example.org
retry-later A1
    changed r1
next
    after 50
tick after=50
    changed r1
    send A1 create r1 name=Ada email=ada@example.org
retry-later A1
    changed r1
next
    after 100
tick after=100
    changed r1
    send A1 create r1 name=Ada email=ada@example.org
retry-later A1
    changed r1
unknown A1
next
    after 200
tick after=200
    changed r1
    send A1 create r1 name=Ada email=ada@example.org
show r1
    pending name=Ada email=ada@example.org seen=1 log=- db=-
      pending A1 create r1 name=Ada email=ada@example.org sent
accepted A1 seq=6 v=1
    changed r1
row r1 v=1 seq=6 name=Ada email=ada@example.org by=ann command=A1
feed from=5 to=6
    changed r1
    moved
    forget A1
    settled A1
show r1
    confirmed name=Ada email=ada@example.org seen=1 log=1 db=1
next
    never
