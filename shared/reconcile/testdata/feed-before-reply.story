# The feed overtakes the reply. Nothing flickers: the pending create stays over
# its own row until the reply says which event was its own.
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
row r1 v=1 seq=6 name=Ada email=ada@example.org by=ann command=A1
feed from=5 to=6
    changed r1
    moved
show r1
    pending name=Ada email=ada@example.org seen=1 log=1 db=1 shown=-
      pending A1 create r1 name=Ada email=ada@example.org sent
accepted A1 seq=6 v=1
    changed r1
    forget A1
    settled A1
show r1
    confirmed name=Ada email=ada@example.org seen=1 log=1 db=1
