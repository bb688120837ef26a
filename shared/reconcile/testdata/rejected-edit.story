# An edit falls. What was typed on it does not: it inherits its cause.
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
edit r1 name=B
    store A2 edit r1 name=B cause=A1 writing
    -- on disk
    changed r1
    send A2 edit r1 name=B cause=A1
edit r1 email=c@example.org
    store A3 edit r1 email=c@example.org cause=A2 writing
    -- on disk
    changed r1
    send A3 edit r1 email=c@example.org cause=A2
accepted A1 seq=6 v=1
    changed r1
accepted A2 seq=7 v=2
    changed r1
reject A2 seq=7 code=projection_failed
row r1 v=1 seq=6 name=Ada email=ada@example.org
feed from=5 to=7
    changed r1
    store A3 edit r1 email=c@example.org cause=A1 sent
    store A2 edit r1 name=B cause=A1 rolled-back #7 projection_failed
    fell A2 edit r1 name=B cause=A1 rolled-back #7 projection_failed
    moved
    forget A1
    settled A1
show r1
    pending name=Ada email=c@example.org seen=2 log=1 db=1
      pending A3 edit r1 email=c@example.org cause=A1 sent
      tray A2 edit r1 name=B cause=A1 rolled-back #7 projection_failed
# The edit's cause is now the create, confirmed as it is.
tick after=2000
    changed r1
    send A3 edit r1 email=c@example.org cause=A1
accepted A3 seq=9 v=2
    changed r1
row r1 v=2 seq=9 name=Ada email=c@example.org
feed from=7 to=9
    changed r1
    moved
    forget A3
    settled A3
show r1
    rolled-back name=Ada email=c@example.org seen=2 log=2 db=2
      tray A2 edit r1 name=B cause=A1 rolled-back #7 projection_failed
dismiss r1
    forget A2
    changed r1
show r1
    confirmed name=Ada email=c@example.org seen=2 log=2 db=2
