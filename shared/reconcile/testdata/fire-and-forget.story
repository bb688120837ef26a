# Accepted is taken for success. The change stays over the row, unmarked, until
# the read position passes: then the row has it, or never will, and nobody says.
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
create r2 name=Bob email=ada@example.org strategy=fire-and-forget
    store A2 create r2 name=Bob email=ada@example.org writing
    -- on disk
    changed r2
    send A2 create r2 name=Bob email=ada@example.org
accepted A1 seq=6 v=1
    changed r1
    forget A1
    settled A1
show r1
    confirmed name=Ada email=ada@example.org seen=1 log=1 db=- shown=A1
accepted A2 seq=7 v=1
    changed r2
    forget A2
    settled A2
show r2
    confirmed name=Bob email=ada@example.org seen=1 log=1 db=- shown=A2
edit r2 name=C strategy=fire-and-forget
    store A3 edit r2 name=C writing
    -- on disk
    changed r2
    send A3 edit r2 name=C
# The edit has no cause: to its person the record is confirmed.
accepted A3 seq=8 v=2
    changed r2
    forget A3
    settled A3
show r2
    confirmed name=C email=ada@example.org seen=2 log=2 db=- shown=A2,A3
next
    never
row r1 v=1 seq=6 name=Ada email=ada@example.org
feed from=5 to=6
    changed r1
    moved
show r1
    confirmed name=Ada email=ada@example.org seen=1 log=1 db=1
show r2
    confirmed name=C email=ada@example.org seen=2 log=2 db=- shown=A2,A3
feed from=6 to=8
    moved
    changed r2
show r2
    nothing
# A late verdict finds nothing to roll back.
rolled-back A2 code=email_taken
reject A2 seq=7 code=email_taken
feed from=8 to=9
    moved
