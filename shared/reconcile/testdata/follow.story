# Who reads otherwise forgets the rows of the other source and loads anew.
connect
    moved
    sync epoch="" since=0
row r1 v=1 seq=5 name=Ada email=ada@example.org
synced full to=5
    changed everything
    moved
edit r1 name=B strategy=reconcile
    store A1 edit r1 name=B base=5 writing
    -- on disk
    changed r1
    send A1 edit r1 name=B base=5
accepted A1 seq=6 v=2
    changed r1
follow strategy=read-log
    sync epoch="" since=0 log
    changed everything
show r1
    pending name=Ada email=ada@example.org seen=1 log=2 db=1 shown=-
      pending A1 edit r1 name=B base=5 accepted #6
# It comes a moment too late for a feed that the log's fold has already.
row r1 v=2 seq=6 change=6 name=B email=ada@example.org by=ann command=A1
feed from=5 to=6 log
row r1 v=2 seq=6 change=6 name=B email=ada@example.org by=ann command=A1
synced full to=6 log
    changed everything
show r1
    pending name=B email=ada@example.org seen=2 log=2 db=1 shown=-
      pending A1 edit r1 name=B base=5 accepted #6
follow strategy=read-log
follow strategy=reconcile
    sync epoch="" since=0
    changed everything
row r1 v=1 seq=5 name=Ada email=ada@example.org
synced full to=5
    changed everything
    moved
    send A1 edit r1 name=B base=5
show r1
    pending name=B email=ada@example.org seen=2 log=1 db=1
      pending A1 edit r1 name=B base=5 sent
# Answers of what is not read any more.
synced full to=9 log
feed from=6 to=9 log
