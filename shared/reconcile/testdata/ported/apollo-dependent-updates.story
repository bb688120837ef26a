# Source: apollographql/apollo-client, src/__tests__/optimistic.ts, "will handle dependent updates"
# Two changes of one record are replaced one after the other by what the server
# made of them, which is not what was typed; the later guess stays over the first
# of the two.
connect
    moved
    sync epoch="" since=0
synced full to=5
    changed everything
    moved
create r1 name=guess email=guess@example.org
    store A1 create r1 name=guess email=guess@example.org writing
    -- on disk
    changed r1
    send A1 create r1 name=guess email=guess@example.org
edit r1 name=guess2
    store A2 edit r1 name=guess2 cause=A1 writing
    -- on disk
    changed r1
    send A2 edit r1 name=guess2 cause=A1
accepted A1 seq=6 v=1
    changed r1
row r1 v=1 seq=6 name=real email=real@example.org by=ann command=A1
feed from=5 to=6
    changed r1
    moved
    forget A1
    settled A1
show r1
    pending name=guess2 email=real@example.org seen=2 log=1 db=1
      pending A2 edit r1 name=guess2 cause=A1 sent
accepted A2 seq=7 v=2
    changed r1
row r1 v=2 seq=7 name=real2 email=real@example.org by=ann command=A2
feed from=6 to=7
    changed r1
    moved
    forget A2
    settled A2
show r1
    confirmed name=real2 email=real@example.org seen=2 log=2 db=2
