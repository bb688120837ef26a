# Source: rocicorp/mono, packages/replicache/src/replicache-pull.test.ts, "pull"
# An edit that is typed while a pull is under way is played again over what the
# pull brings, and only once.
connect
    moved
    sync epoch="" since=0
row r1 v=1 seq=5 name=Ada email=ada@example.org
synced full to=5
    changed everything
    moved
disconnect
    moved
connect
    moved
    sync epoch="e1" since=5
edit r1 name=B
    store A1 edit r1 name=B base=5 writing
    -- on disk
    changed r1
    send A1 edit r1 name=B base=5
row r1 v=2 seq=6 name=Ada email=new@example.org by=bob command=B1
row r2 v=1 seq=7 name=Carl email=carl@example.org by=bob command=B2
synced to=7
    changed r1
    changed r2
    moved
show r1
    pending name=B email=new@example.org seen=3 log=2 db=2
      pending A1 edit r1 name=B base=5 sent
show r2
    confirmed name=Carl email=carl@example.org seen=1 log=1 db=1
accepted A1 seq=8 v=3
    changed r1
row r1 v=3 seq=8 name=B email=new@example.org by=ann command=A1
feed from=7 to=8
    changed r1
    moved
    forget A1
    settled A1
show r1
    confirmed name=B email=new@example.org seen=3 log=3 db=3
