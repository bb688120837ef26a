# Source: electric-sql/electric, clients/typescript/test/satellite/merge.test.ts, "merging entries: local no-op updates should cancel incoming delete"
# Somebody deletes a record that has an edit pending. There the edit brings the
# record back; here the log decides, and until it has the edit stays on the
# screen, marked. It falls into the tray, nothing that was typed is lost, and
# trying again makes the record anew.
connect
    moved
    sync epoch="" since=0
row r1 v=1 seq=5 name=TEST email=test@example.org
synced full to=5
    changed everything
    moved
edit r1 name=TEST
    store A1 edit r1 name=TEST base=5 writing
    -- on disk
    changed r1
    send A1 edit r1 name=TEST base=5
row r1 v=2 seq=6 name=TEST email=test@example.org deleted by=bob command=B1
feed from=5 to=6
    changed r1
    moved
show r1
    pending name=TEST email=test@example.org seen=3 log=- db=- gone ghost
      pending A1 edit r1 name=TEST base=5 sent
refused A1 code=not_found
    store A1 edit r1 name=TEST base=5 rolled-back not_found
    fell A1 edit r1 name=TEST base=5 rolled-back not_found
    changed r1
show r1
    rolled-back name=TEST email=test@example.org seen=- log=- db=- gone
      tray A1 edit r1 name=TEST base=5 rolled-back not_found
retry r1
    store A2 create r1 name=TEST email=test@example.org base=6 writing
    -- on disk
    forget A1
    changed r1
    send A2 create r1 name=TEST email=test@example.org base=6
