# The next time at which something would be done, in each state.
next
    never
connect
    moved
    sync epoch="" since=0
synced full to=5
    changed everything
    moved
next
    never
create r1 name=Ada email=ada@example.org
    store A1 create r1 name=Ada email=ada@example.org writing
    -- on disk
    changed r1
    send A1 create r1 name=Ada email=ada@example.org
next
    after 2000
tick after=2000
    changed r1
    send A1 create r1 name=Ada email=ada@example.org
next
    after 4000
retry-later A1
    changed r1
next
    after 100
tick after=99
next
    after 1
tick after=1
    changed r1
    send A1 create r1 name=Ada email=ada@example.org
next
    after 8000
accepted A1 seq=6 v=1
    changed r1
# It is slow by now: perhaps a message was lost.
next
    after 0
tick after=0
    sync epoch="e1" since=5
next
    never
synced to=5
    moved
next
    after 1000
tick after=1000
    sync epoch="e1" since=5
sync-failed
next
    after 1000
disconnect
    moved
next
    never
connect
    moved
    sync epoch="e1" since=5
next
    never
create r2 name=Bob email=bob@example.org strategy=check-log
    store A2 create r2 name=Bob email=bob@example.org writing
    -- on disk
    changed r2
    send A2 create r2 name=Bob email=bob@example.org
accepted A2 seq=7 v=1
    changed r2
next
    after 500
tick after=500
    poll A2
next
    after 500
confirmed A2 seq=7 v=1
row r1 v=1 seq=6 name=Ada email=ada@example.org
row r2 v=1 seq=7 name=Bob email=bob@example.org
synced to=7
    changed r1
    changed r2
    moved
    forget A1
    settled A1
    forget A2
    settled A2
next
    never
