# Source: apollographql/apollo-client, src/__tests__/optimistic.ts, "two mutations, one fails"
# Optimistic changes do not commute: when the earlier of two of one record falls,
# the later one is worked out again over what is there without it.
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
show r1
    pending name=B email=c@example.org seen=3 log=1 db=1
      pending A1 edit r1 name=B base=5 sent
      pending A2 edit r1 email=c@example.org cause=A1 base=5 sent
refused A1 code=conflict
    store A2 edit r1 email=c@example.org base=5 sent
    store A1 edit r1 name=B base=5 rolled-back conflict
    fell A1 edit r1 name=B base=5 rolled-back conflict
    changed r1
show r1
    pending name=Ada email=c@example.org seen=2 log=1 db=1
      pending A2 edit r1 email=c@example.org base=5 sent
      tray A1 edit r1 name=B base=5 rolled-back conflict
row r1 v=2 seq=6 name=X email=x@example.org by=bob command=B1
feed from=5 to=6
    changed r1
    moved
show r1
    pending name=X email=c@example.org seen=3 log=2 db=2
      pending A2 edit r1 email=c@example.org base=5 sent
      tray A1 edit r1 name=B base=5 rolled-back conflict
accepted A2 seq=7 v=3
    changed r1
row r1 v=3 seq=7 name=X email=c@example.org by=ann command=A2
feed from=6 to=7
    changed r1
    moved
    forget A2
    settled A2
show r1
    rolled-back name=X email=c@example.org seen=3 log=3 db=3
      tray A1 edit r1 name=B base=5 rolled-back conflict
