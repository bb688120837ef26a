# Nobody tells of a failure under check-log: being past the event confirms
# nothing, the fate must be asked for.
connect
    moved
    sync epoch="" since=0
synced full to=5
    changed everything
    moved
create r1 name=Ada email=ada@example.org strategy=check-log
    store A1 create r1 name=Ada email=ada@example.org writing
    -- on disk
    changed r1
    send A1 create r1 name=Ada email=ada@example.org
accepted A1 seq=6 v=1
    changed r1
row r1 v=1 seq=6 name=Ada email=ada@example.org
feed from=5 to=6
    changed r1
    moved
show r1
    pending name=Ada email=ada@example.org seen=1 log=1 db=1 shown=-
      pending A1 create r1 name=Ada email=ada@example.org accepted #6
tick after=499
tick after=1
    poll A1
accepted A1 seq=6 v=1
tick after=500
    poll A1
confirmed A1 seq=6 v=1
    changed r1
    forget A1
    settled A1
show r1
    confirmed name=Ada email=ada@example.org seen=1 log=1 db=1
# Told of a good end before the rows are there, it waits for the rows.
edit r1 name=B strategy=check-log
    store A2 edit r1 name=B base=6 writing
    -- on disk
    changed r1
    send A2 edit r1 name=B base=6
accepted A2 seq=7 v=2
    changed r1
confirmed A2 seq=7 v=2
show r1
    pending name=B email=ada@example.org seen=2 log=2 db=1
      pending A2 edit r1 name=B base=6 accepted #7
row r1 v=2 seq=7 name=B email=ada@example.org
feed from=6 to=7
    changed r1
    moved
    forget A2
    settled A2
show r1
    confirmed name=B email=ada@example.org seen=2 log=2 db=2
# Told of a bad one, only that one falls.
create r2 name=C email=ada@example.org strategy=check-log
    store A3 create r2 name=C email=ada@example.org writing
    -- on disk
    changed r2
    send A3 create r2 name=C email=ada@example.org
edit r2 name=D strategy=check-log
    store A4 edit r2 name=D cause=A3 writing
    -- on disk
    changed r2
    send A4 edit r2 name=D cause=A3
rolled-back A3 code=email_taken seq=8
    store A4 edit r2 name=D sent
    store A3 create r2 name=C email=ada@example.org rolled-back #8 email_taken
    fell A3 create r2 name=C email=ada@example.org rolled-back #8 email_taken
    changed r2
show r2
    pending name=D email= seen=1 log=- db=- gone ghost
      pending A4 edit r2 name=D sent
      tray A3 create r2 name=C email=ada@example.org rolled-back #8 email_taken
