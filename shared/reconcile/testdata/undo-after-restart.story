# After a restart nobody knows whether a mutation was sent, so undo is its
# inverse and no withdrawal.
create r1 name=Ada email=ada@example.org
    store A1 create r1 name=Ada email=ada@example.org writing
    -- on disk
    changed r1
restart
    changed r1
undo r1
    store A2 delete r1 cause=A1 writing
    -- on disk
    changed r1
