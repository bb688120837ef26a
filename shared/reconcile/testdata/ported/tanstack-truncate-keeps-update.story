# Source: TanStack/db, packages/db/tests/collection-truncate.test.ts, "should preserve optimistic value over server value when transaction active during truncate"
# The reload brings another value of the edited field: the person's own is over
# it while it is pending, and the server's is what is left when it falls.
connect
    moved
    sync epoch="" since=0
row r1 v=1 seq=2 name=Server_1 email=ada@example.org
synced full to=3
    changed everything
    moved
edit r1 name=Mine
    store A1 edit r1 name=Mine base=2 writing
    -- on disk
    changed r1
    send A1 edit r1 name=Mine base=2
accepted A1 seq=4 v=2
    changed r1
epoch e2
row r1 v=7 seq=3 name=Server_2 email=else@example.org
synced full to=3
    changed everything
    moved
    send A1 edit r1 name=Mine base=2
show r1
    pending name=Mine email=else@example.org seen=8 log=7 db=7
      pending A1 edit r1 name=Mine base=2 sent
reject A1 seq=4 code=projection_failed
feed from=3 to=4
    store A1 edit r1 name=Mine base=2 rolled-back #4 projection_failed
    fell A1 edit r1 name=Mine base=2 rolled-back #4 projection_failed
    changed r1
    moved
show r1
    rolled-back name=Server_2 email=else@example.org seen=7 log=7 db=7
      tray A1 edit r1 name=Mine base=2 rolled-back #4 projection_failed
