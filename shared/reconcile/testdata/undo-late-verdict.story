# Verdicts in another order than typed: undo takes back what was typed last.
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
edit r1 name=C
    store A2 edit r1 name=C cause=A1 base=5 writing
    -- on disk
    changed r1
    send A2 edit r1 name=C cause=A1 base=5
confirmed A2 seq=5 v=3
    changed r1
    forget A2
    settled A2
confirmed A1 seq=4 v=2
    changed r1
    forget A1
    settled A1
undo r1
    store A3 edit r1 name=B base=5 writing
    -- on disk
    changed r1
    send A3 edit r1 name=B base=5
