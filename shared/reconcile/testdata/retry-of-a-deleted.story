# Edits fell because somebody deleted the record. An edit would fall for ever:
# tried again, they are one create of what the screen showed.
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
row r1 v=2 seq=6 name=Ada email=ada@example.org deleted
feed from=5 to=6
    changed r1
    moved
refused A1 code=not_found
    store A2 edit r1 name=C base=5 sent
    store A1 edit r1 name=B base=5 rolled-back not_found
    fell A1 edit r1 name=B base=5 rolled-back not_found
    changed r1
refused A2 code=not_found
    store A2 edit r1 name=C base=5 rolled-back not_found
    fell A2 edit r1 name=C base=5 rolled-back not_found
    changed r1
retry r1
    store A3 create r1 name=C email=ada@example.org base=6 writing
    -- on disk
    forget A1
    forget A2
    changed r1
    send A3 create r1 name=C email=ada@example.org base=6
show r1
    pending name=C email=ada@example.org seen=3 log=- db=-
      pending A3 create r1 name=C email=ada@example.org base=6 sent
# What falls once more is a create, and stays one.
refused A3 code=email_taken
    store A3 create r1 name=C email=ada@example.org base=6 rolled-back email_taken
    fell A3 create r1 name=C email=ada@example.org base=6 rolled-back email_taken
    changed r1
retry r1 email=new@example.org
    store A4 create r1 name=C email=new@example.org base=6 writing
    -- on disk
    forget A3
    changed r1
    send A4 create r1 name=C email=new@example.org base=6
# A delete of what is gone is no create.
row r2 v=1 seq=7 name=Bob email=bob@example.org
feed from=6 to=7
    changed r2
    moved
delete r2
    store A5 delete r2 base=7 writing
    -- on disk
    changed r2
    send A5 delete r2 base=7
row r2 v=2 seq=8 name=Bob email=bob@example.org deleted
feed from=7 to=8
    changed r2
    moved
refused A5 code=not_found
    store A5 delete r2 base=7 rolled-back not_found
    fell A5 delete r2 base=7 rolled-back not_found
    changed r2
retry r2
    store A6 delete r2 base=8 writing
    -- on disk
    forget A5
    changed r2
    send A6 delete r2 base=8
