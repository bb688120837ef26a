# Source: TanStack/db, packages/offline-transactions/tests/offline-e2e.test.ts, "rejects waiting promises for permanent failures and rolls back optimistic state"
# What fails for good leaves the screen; but the outbox keeps it for its person,
# until it is dismissed.
connect
    moved
    sync epoch="" since=0
synced full to=5
    changed everything
    moved
create r1 name=Nope email=nope@example.org
    store A1 create r1 name=Nope email=nope@example.org writing
    -- on disk
    changed r1
    send A1 create r1 name=Nope email=nope@example.org
refused A1 code=invalid_name
    store A1 create r1 name=Nope email=nope@example.org rolled-back invalid_name
    fell A1 create r1 name=Nope email=nope@example.org rolled-back invalid_name
    changed r1
show r1
    rolled-back name=Nope email=nope@example.org seen=- log=- db=- gone
      tray A1 create r1 name=Nope email=nope@example.org rolled-back invalid_name
next
    never
restart
    changed r1
show r1
    rolled-back name=Nope email=nope@example.org seen=- log=- db=- gone
      tray A1 create r1 name=Nope email=nope@example.org rolled-back invalid_name
connect
    moved
    sync epoch="" since=0
synced full to=6
    changed everything
    moved
dismiss r1
    forget A1
    changed r1
show r1
    nothing
restart
show r1
    nothing
