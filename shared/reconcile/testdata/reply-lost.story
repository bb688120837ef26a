# The reply is lost. A timeout is no verdict: it is only marked slow, and the
# command is sent again, under its one id, less and less often.
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
tick after=1999
tick after=1
    changed r1
    send A1 create r1 name=Ada email=ada@example.org
tick after=2000
tick after=1999
tick after=1
    send A1 create r1 name=Ada email=ada@example.org
show r1
    pending name=Ada email=ada@example.org seen=1 log=- db=- slow
      pending A1 create r1 name=Ada email=ada@example.org sent slow
row r1 v=1 seq=6 name=Ada email=ada@example.org
feed from=5 to=6
    changed r1
    moved
accepted A1 seq=6 v=1
    changed r1
    forget A1
    settled A1
show r1
    confirmed name=Ada email=ada@example.org seen=1 log=1 db=1
