# The program is killed with work pending and work in the tray. Before the
# server is reached the screen shows what it showed.
connect
    moved
    sync epoch="" since=0
row r1 v=1 seq=5 name=Ada email=ada@example.org
synced full to=5
    changed everything
    moved
edit r1 name=B
    store A1 edit r1 name=B base=5 writing
    -- on disk
    changed r1
    send A1 edit r1 name=B base=5
edit r1 email=c@example.org
    store A2 edit r1 email=c@example.org cause=A1 base=5 writing
    -- on disk
    changed r1
    send A2 edit r1 email=c@example.org cause=A1 base=5
refused A1 code=conflict
    store A2 edit r1 email=c@example.org base=5 sent
    store A1 edit r1 name=B base=5 rolled-back conflict
    fell A1 edit r1 name=B base=5 rolled-back conflict
    changed r1
create r2 name=Carl email=carl@example.org
    store A3 create r2 name=Carl email=carl@example.org writing
    -- on disk
    changed r2
    send A3 create r2 name=Carl email=carl@example.org
accepted A3 seq=6 v=1
    changed r2
restart
    changed r1
    changed r1
    changed r2
show r1
    pending name=Ada email=c@example.org seen=2 log=1 db=1
      pending A2 edit r1 email=c@example.org base=5 queued
      tray A1 edit r1 name=B base=5 rolled-back conflict
show r2
    pending name=Carl email=carl@example.org seen=1 log=- db=-
      pending A3 create r2 name=Carl email=carl@example.org queued
edit r1 name=D
    store A4 edit r1 name=D cause=A2 base=5 writing
    -- on disk
    changed r1
connect
    moved
    sync epoch="" since=0
    changed r1
    send A2 edit r1 email=c@example.org base=5
    changed r2
    send A3 create r2 name=Carl email=carl@example.org
    send A4 edit r1 name=D cause=A2 base=5
row r1 v=1 seq=5 name=Ada email=ada@example.org
synced full to=5
    changed everything
    moved
    send A2 edit r1 email=c@example.org base=5
    send A3 create r2 name=Carl email=carl@example.org
    send A4 edit r1 name=D cause=A2 base=5
show r1
    pending name=D email=c@example.org seen=3 log=1 db=1
      pending A2 edit r1 email=c@example.org base=5 sent
      pending A4 edit r1 name=D cause=A2 base=5 sent
      tray A1 edit r1 name=B base=5 rolled-back conflict
confirmed A3 seq=6 v=1
    changed r2
row r2 v=1 seq=6 name=Carl email=carl@example.org
feed from=5 to=6
    changed r2
    moved
    forget A3
    settled A3
show r2
    confirmed name=Carl email=carl@example.org seen=1 log=1 db=1
