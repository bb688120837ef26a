# The server keeps the answer back until the row is there. When that takes too
# long it knows nothing, which is no verdict: it is asked again.
connect
    moved
    sync epoch="" since=0
synced full to=5
    changed everything
    moved
create r1 name=Ada email=ada@example.org strategy=wait
    store A1 create r1 name=Ada email=ada@example.org writing
    -- on disk
    changed r1
    send A1 create r1 name=Ada email=ada@example.org
edit r1 name=B strategy=wait
    store A2 edit r1 name=B cause=A1 writing
    -- on disk
    changed r1
    send A2 edit r1 name=B cause=A1
next
    after 2000
tick after=2000
    changed r1
    send A1 create r1 name=Ada email=ada@example.org
    send A2 edit r1 name=B cause=A1
unknown A1
    changed r1
unknown A2
    changed r1
show r1
    pending name=B email=ada@example.org seen=2 log=- db=- slow
      pending A1 create r1 name=Ada email=ada@example.org queued slow
      pending A2 edit r1 name=B cause=A1 queued slow
next
    after 100
tick after=100
    changed r1
    send A1 create r1 name=Ada email=ada@example.org
    send A2 edit r1 name=B cause=A1
row r1 v=1 seq=6 name=Ada email=ada@example.org by=ann command=A1
feed from=5 to=6
    changed r1
    moved
confirmed A1 seq=6 v=1
    changed r1
    forget A1
    settled A1
rolled-back A2 seq=7 v=2 code=projection_failed
    store A2 edit r1 name=B cause=A1 rolled-back #7 slow projection_failed
    fell A2 edit r1 name=B cause=A1 rolled-back #7 slow projection_failed
    changed r1
show r1
    rolled-back name=Ada email=ada@example.org seen=1 log=1 db=1
      tray A2 edit r1 name=B cause=A1 rolled-back #7 slow projection_failed
