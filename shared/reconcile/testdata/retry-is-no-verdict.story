# "Retry" is no verdict. What was typed on it waits behind it, so that a record's
# mutations are sent in the order they were typed.
connect
    moved
    sync epoch="" since=0
synced full to=5
    changed everything
    moved
create r1 name=Ada email=ada@example.org
    store A1 create r1 name=Ada email=ada@example.org writing
    -- on disk
    changed r1
    send A1 create r1 name=Ada email=ada@example.org
retry-later A1 why=the_store_refused_the_append
    changed r1
edit r1 name=Ada_Lovelace
    store A2 edit r1 name=Ada_Lovelace cause=A1 writing
    -- on disk
    changed r1
show r1
    pending name=Ada_Lovelace email=ada@example.org seen=2 log=- db=-
      pending A1 create r1 name=Ada email=ada@example.org queued
      pending A2 edit r1 name=Ada_Lovelace cause=A1 queued
tick after=49
tick after=1
    changed r1
    send A1 create r1 name=Ada email=ada@example.org
    send A2 edit r1 name=Ada_Lovelace cause=A1
retry-later A2
    changed r1
retry-later A1
    changed r1
tick after=99
    changed r1
    send A2 edit r1 name=Ada_Lovelace cause=A1
tick after=1
    changed r1
    send A1 create r1 name=Ada email=ada@example.org
    send A2 edit r1 name=Ada_Lovelace cause=A1
accepted A1 seq=6 v=1
    changed r1
accepted A2 seq=7 v=2
    changed r1
row r1 v=2 seq=7 name=Ada_Lovelace email=ada@example.org
feed from=5 to=7
    changed r1
    moved
    forget A1
    settled A1
    forget A2
    settled A2
show r1
    confirmed name=Ada_Lovelace email=ada@example.org seen=2 log=2 db=2
