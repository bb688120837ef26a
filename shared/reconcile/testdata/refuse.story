# Nothing may be typed on a pending record: no mutation, no number, no store.
connect
    moved
    sync epoch="" since=0
synced full to=5
    changed everything
    moved
create r1 name=Ada email=ada@example.org strategy=reconcile,dependents=refuse
    store A1 create r1 name=Ada email=ada@example.org writing
    -- on disk
    changed r1
    send A1 create r1 name=Ada email=ada@example.org
edit r1 name=B strategy=reconcile,dependents=refuse
    declined A2 r1
undo r1 strategy=reconcile,dependents=refuse
    declined A2 r1
show r1
    pending name=Ada email=ada@example.org seen=1 log=- db=-
      pending A1 create r1 name=Ada email=ada@example.org sent
# Not even while it is on its way to the disk.
create r2 name=Bob email=bob@example.org strategy=reconcile,dependents=refuse held
    store A2 create r2 name=Bob email=bob@example.org writing
edit r2 name=C strategy=reconcile,dependents=refuse
    declined A3 r2
stored A2
    changed r2
    send A2 create r2 name=Bob email=bob@example.org
row r1 v=1 seq=6 name=Ada email=ada@example.org by=ann command=A1
feed from=5 to=6
    changed r1
    moved
accepted A1 seq=6 v=1
    changed r1
    forget A1
    settled A1
edit r1 name=B strategy=reconcile,dependents=refuse
    store A3 edit r1 name=B base=6 writing
    -- on disk
    changed r1
    send A3 edit r1 name=B base=6
# What lies in the tray is not pending, and can be retried; once.
refused A3 code=conflict
    store A3 edit r1 name=B base=6 rolled-back conflict
    fell A3 edit r1 name=B base=6 rolled-back conflict
    changed r1
retry r1 strategy=reconcile,dependents=refuse
    store A4 edit r1 name=B base=6 writing
    -- on disk
    forget A3
    changed r1
    send A4 edit r1 name=B base=6
refused A4 code=conflict
    store A4 edit r1 name=B base=6 rolled-back conflict
    fell A4 edit r1 name=B base=6 rolled-back conflict
    changed r1
edit r1 name=C strategy=reconcile,dependents=refuse
    store A5 edit r1 name=C base=6 writing
    -- on disk
    changed r1
    send A5 edit r1 name=C base=6
retry r1 strategy=reconcile,dependents=refuse
    declined A6 r1
show r1
    pending name=C email=ada@example.org seen=2 log=1 db=1
      pending A5 edit r1 name=C base=6 sent
      tray A4 edit r1 name=B base=6 rolled-back conflict
