# The projector gives the create up, and the feed says so before the reply
# comes. The late reply changes nothing.
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
reject A1 seq=6 code=email_taken
feed from=5 to=7
    store A1 create r1 name=Ada email=ada@example.org rolled-back #6 email_taken
    fell A1 create r1 name=Ada email=ada@example.org rolled-back #6 email_taken
    changed r1
    moved
show r1
    rolled-back name=Ada email=ada@example.org seen=- log=- db=- gone
      tray A1 create r1 name=Ada email=ada@example.org rolled-back #6 email_taken
accepted A1 seq=6 v=1
rolled-back A1 code=email_taken
show r1
    rolled-back name=Ada email=ada@example.org seen=- log=- db=- gone
      tray A1 create r1 name=Ada email=ada@example.org rolled-back #6 email_taken
