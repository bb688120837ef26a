# Nothing is shown or sent before the outbox holds it.
connect
    moved
    sync epoch="" since=0
synced full to=5
    changed everything
    moved
create r1 name=Ada email=ada@example.org held
    store A1 create r1 name=Ada email=ada@example.org writing
show r1
    nothing
edit r1 name=B held
    store A2 edit r1 name=B cause=A1 writing
tick after=5000
stored A1
    changed r1
    send A1 create r1 name=Ada email=ada@example.org
stored A2
    changed r1
    send A2 edit r1 name=B cause=A1
show r1
    pending name=B email=ada@example.org seen=2 log=- db=-
      pending A1 create r1 name=Ada email=ada@example.org sent
      pending A2 edit r1 name=B cause=A1 sent
