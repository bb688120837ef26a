# Source: rocicorp/mono, packages/replicache/src/sync/pull.test.ts, "maybe end try pull": "2 pending but nothing to replay"
# One pull covers both pending changes, and what they left on the screen goes
# with them: the server made something else of them.
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
accepted A1 seq=6 v=1
    changed r1
accepted A2 seq=7 v=2
    changed r1
disconnect
    moved
show r1
    pending name=Ada_Lovelace email=ada@example.org seen=2 log=2 db=-
      pending A1 create r1 name=Ada email=ada@example.org accepted #6
      pending A2 edit r1 name=Ada_Lovelace cause=A1 accepted #7
connect
    moved
    sync epoch="e1" since=5
row r1 v=3 seq=8 name=Countess email=ada@example.org by=bob command=B1
synced to=8
    changed r1
    moved
    forget A1
    settled A1
    forget A2
    settled A2
show r1
    confirmed name=Countess email=ada@example.org seen=3 log=3 db=3
