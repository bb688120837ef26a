# Source: apollographql/apollo-client, src/__tests__/optimistic.ts, "handles a single error for a single mutation"
# The optimistic record is there until the error comes, and then it is nowhere
# but in the tray, with the reason. The error a second time says nothing new.
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
show r1
    pending name=Ada email=ada@example.org seen=1 log=- db=-
      pending A1 create r1 name=Ada email=ada@example.org sent
refused A1 code=email_taken why=forbidden
    store A1 create r1 name=Ada email=ada@example.org rolled-back email_taken
    fell A1 create r1 name=Ada email=ada@example.org rolled-back email_taken
    changed r1
refused A1 code=email_taken why=forbidden
rolled-back A1 code=projection_failed
show r1
    rolled-back name=Ada email=ada@example.org seen=- log=- db=- gone
      tray A1 create r1 name=Ada email=ada@example.org rolled-back email_taken
