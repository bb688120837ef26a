# Source: apollographql/apollo-client, src/__tests__/optimistic.ts, "can run 2 mutations concurrently and handles all intermediate states well"
# Two records are under way. At each step one shows what the server made of it,
# the other what was typed; what is done says so, what is not says so too.
connect
    moved
    sync epoch="" since=0
synced full to=5
    changed everything
    moved
create r1 name=typed1 email=one@example.org
    store A1 create r1 name=typed1 email=one@example.org writing
    -- on disk
    changed r1
    send A1 create r1 name=typed1 email=one@example.org
create r2 name=typed2 email=two@example.org
    store A2 create r2 name=typed2 email=two@example.org writing
    -- on disk
    changed r2
    send A2 create r2 name=typed2 email=two@example.org
accepted A1 seq=6 v=1
    changed r1
row r1 v=1 seq=6 name=server1 email=one@example.org by=ann command=A1
feed from=5 to=6
    changed r1
    moved
    forget A1
    settled A1
show r1
    confirmed name=server1 email=one@example.org seen=1 log=1 db=1
show r2
    pending name=typed2 email=two@example.org seen=1 log=- db=-
      pending A2 create r2 name=typed2 email=two@example.org sent
reject A2 seq=7 code=email_taken
feed from=6 to=7
    store A2 create r2 name=typed2 email=two@example.org rolled-back #7 email_taken
    fell A2 create r2 name=typed2 email=two@example.org rolled-back #7 email_taken
    changed r2
    moved
show r1
    confirmed name=server1 email=one@example.org seen=1 log=1 db=1
show r2
    rolled-back name=typed2 email=two@example.org seen=- log=- db=- gone
      tray A2 create r2 name=typed2 email=two@example.org rolled-back #7 email_taken
