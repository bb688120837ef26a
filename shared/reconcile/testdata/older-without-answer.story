# The reply to a create is lost, and the edit typed on it is confirmed first. The
# row is at the edit, so it holds the create, or never will: the old name does
# not come back over it.
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
edit r1 name=Ada_Lovelace
    store A2 edit r1 name=Ada_Lovelace cause=A1 writing
    -- on disk
    changed r1
    send A2 edit r1 name=Ada_Lovelace cause=A1
accepted A2 seq=7 v=2
    changed r1
row r1 v=2 seq=7 born=6 change=7 name=Ada_Lovelace email=ada@example.org by=ann command=A2
feed from=5 to=7
    changed r1
    moved
    store A1 create r1 name=Ada email=ada@example.org sent passed
    forget A2
    settled A2
show r1
    pending name=Ada_Lovelace email=ada@example.org seen=2 log=2 db=2 shown=-
      pending A1 create r1 name=Ada email=ada@example.org sent passed
# Nor over what somebody else makes of it.
row r1 v=3 seq=8 born=6 change=8 name=Countess email=ada@example.org by=bob command=B1
feed from=7 to=8
    changed r1
    moved
show r1
    pending name=Countess email=ada@example.org seen=3 log=3 db=3 shown=-
      pending A1 create r1 name=Ada email=ada@example.org sent passed
# What is typed from now on is laid over it.
edit r1 email=new@example.org
    store A3 edit r1 email=new@example.org cause=A1 writing
    -- on disk
    changed r1
    send A3 edit r1 email=new@example.org cause=A1
show r1
    pending name=Countess email=new@example.org seen=4 log=3 db=3 shown=A3
      pending A1 create r1 name=Ada email=ada@example.org sent passed
      pending A3 edit r1 email=new@example.org cause=A1 sent
tick after=2000
    changed r1
    send A1 create r1 name=Ada email=ada@example.org
    send A3 edit r1 email=new@example.org cause=A1
confirmed A1 seq=6 v=1
    changed r1
    forget A1
    settled A1
show r1
    pending name=Countess email=new@example.org seen=4 log=3 db=3 slow
      pending A3 edit r1 email=new@example.org cause=A1 sent slow
# Neither edit is answered. The row tells that both are in it, whoever changes
# it next.
accepted A3 seq=9 v=4
    changed r1
row r1 v=4 seq=9 born=6 change=9 name=Countess email=new@example.org by=ann command=A3
feed from=8 to=9
    changed r1
    moved
    forget A3
    settled A3
edit r1 name=B
    store A4 edit r1 name=B base=9 writing
    -- on disk
    changed r1
    send A4 edit r1 name=B base=9
edit r1 email=c@example.org
    store A5 edit r1 email=c@example.org cause=A4 base=9 writing
    -- on disk
    changed r1
    send A5 edit r1 email=c@example.org cause=A4 base=9
row r1 v=6 seq=11 born=6 change=11 name=B email=c@example.org by=ann command=A5
feed from=9 to=11
    changed r1
    moved
show r1
    pending name=B email=c@example.org seen=6 log=6 db=6 shown=-
      pending A4 edit r1 name=B base=9 sent
      pending A5 edit r1 email=c@example.org cause=A4 base=9 sent
row r1 v=7 seq=12 born=6 change=12 name=D email=c@example.org by=bob command=B2
feed from=11 to=12
    changed r1
    moved
show r1
    pending name=D email=c@example.org seen=7 log=7 db=7 shown=-
      pending A4 edit r1 name=B base=9 sent
      pending A5 edit r1 email=c@example.org cause=A4 base=9 sent
# Another epoch says nothing of what the old one's rows held, but by what they are.
epoch e2
row r1 v=6 seq=11 born=6 change=1 name=B email=c@example.org by=ann command=A5
synced full to=11
    changed everything
    moved
    send A4 edit r1 name=B base=9
    send A5 edit r1 email=c@example.org cause=A4 base=9
show r1
    pending name=B email=c@example.org seen=6 log=6 db=6 shown=-
      pending A4 edit r1 name=B base=9 sent
      pending A5 edit r1 email=c@example.org cause=A4 base=9 sent
row r1 v=1 seq=2 born=2 change=1 name=E email=e@example.org by=bob command=B0
epoch e3
synced full to=2
    changed everything
    moved
    send A4 edit r1 name=B base=9
    send A5 edit r1 email=c@example.org cause=A4 base=9
show r1
    pending name=B email=c@example.org seen=3 log=1 db=1
      pending A4 edit r1 name=B base=9 sent
      pending A5 edit r1 email=c@example.org cause=A4 base=9 sent
