# Undo withdraws what nobody was told of.
create r1 name=Ada email=ada@example.org
    store A1 create r1 name=Ada email=ada@example.org writing
    -- on disk
    changed r1
edit r1 name=B
    store A2 edit r1 name=B cause=A1 writing
    -- on disk
    changed r1
undo r1
    forget A2
    changed r1
show r1
    pending name=Ada email=ada@example.org seen=1 log=- db=-
      pending A1 create r1 name=Ada email=ada@example.org queued
undo r1
    forget A1
    changed r1
show r1
    nothing
undo r1
