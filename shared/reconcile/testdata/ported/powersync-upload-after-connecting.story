# Source: powersync-ja/powersync-js, packages/node/tests/sync.test.ts, "should upload after connecting"
# A write made offline is uploaded on connecting. The first load has it under the
# server's name already, though nobody answered yet: it shows once, as the
# server has it.
create r1 name=local_write email=local@example.org
    store A1 create r1 name=local_write email=local@example.org writing
    -- on disk
    changed r1
show r1
    pending name=local_write email=local@example.org seen=1 log=- db=-
      pending A1 create r1 name=local_write email=local@example.org queued
connect
    moved
    sync epoch="" since=0
    changed r1
    send A1 create r1 name=local_write email=local@example.org
row r1 v=1 seq=3 born=3 name=from_server email=local@example.org by=ann command=A1
synced full to=3
    changed everything
    moved
    send A1 create r1 name=local_write email=local@example.org
show r1
    pending name=from_server email=local@example.org seen=1 log=1 db=1 shown=-
      pending A1 create r1 name=local_write email=local@example.org sent
confirmed A1 seq=3 v=1
    changed r1
    forget A1
    settled A1
show r1
    confirmed name=from_server email=local@example.org seen=1 log=1 db=1
