# A later edit is accepted and somebody changed the record after it, but its fate
# must still be asked for, and the earlier edit has no answer. The row is past
# both: neither is laid over it again.
connect
    moved
    sync epoch="" since=0
row r1 v=1 seq=5 change=5 name=Ada email=ada@example.org
synced full to=5
    changed everything
    moved
edit r1 name=B strategy=check-log
    store A1 edit r1 name=B base=5 writing
    -- on disk
    changed r1
    send A1 edit r1 name=B base=5
edit r1 name=C strategy=check-log
    store A2 edit r1 name=C cause=A1 base=5 writing
    -- on disk
    changed r1
    send A2 edit r1 name=C cause=A1 base=5
row r1 v=4 seq=8 change=8 name=D email=ada@example.org by=bob command=B1
feed from=5 to=8
    changed r1
    moved
show r1
    pending name=C email=ada@example.org seen=6 log=4 db=4
      pending A1 edit r1 name=B base=5 sent
      pending A2 edit r1 name=C cause=A1 base=5 sent
accepted A2 seq=7 v=3
    changed r1
show r1
    pending name=D email=ada@example.org seen=4 log=4 db=4 shown=-
      pending A1 edit r1 name=B base=5 sent
      pending A2 edit r1 name=C cause=A1 base=5 accepted #7
tick after=500
    poll A2
confirmed A2 seq=7 v=3
    changed r1
    forget A2
    settled A2
show r1
    pending name=D email=ada@example.org seen=4 log=4 db=4 shown=-
      pending A1 edit r1 name=B base=5 sent
# One that was given up before the row got there tells nothing of the row.
edit r1 name=E strategy=check-log
    store A3 edit r1 name=E cause=A1 base=5 writing
    -- on disk
    changed r1
    send A3 edit r1 name=E cause=A1 base=5
edit r1 name=F strategy=check-log
    store A4 edit r1 name=F cause=A3 base=5 writing
    -- on disk
    changed r1
    send A4 edit r1 name=F cause=A3 base=5
accepted A4 seq=10 v=6
    changed r1
rolled-back A4 seq=10 code=projection_failed
    store A4 edit r1 name=F cause=A3 base=5 rolled-back #10 projection_failed
    fell A4 edit r1 name=F cause=A3 base=5 rolled-back #10 projection_failed
    changed r1
row r1 v=5 seq=9 change=9 name=E email=ada@example.org by=ann command=A3
feed from=8 to=10
    changed r1
    moved
show r1
    pending name=E email=ada@example.org seen=5 log=5 db=5 shown=-
      pending A1 edit r1 name=B base=5 sent
      pending A3 edit r1 name=E cause=A1 base=5 sent
      tray A4 edit r1 name=F cause=A3 base=5 rolled-back #10 projection_failed
