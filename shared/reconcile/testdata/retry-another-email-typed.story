# The other email may have been typed before the create fell: an edit of it was
# refused, and is a part of what is tried again.
follow strategy=natural-key
    changed everything
connect
    moved
    sync epoch="" since=0
synced full to=5
    changed everything
    moved
create z7qa3xsg56kcmap7v646fas6qa name=Ada email=ada@example.org
    store A1 create z7qa3xsg56kcmap7v646fas6qa name=Ada email=ada@example.org writing
    -- on disk
    changed z7qa3xsg56kcmap7v646fas6qa
    send A1 create z7qa3xsg56kcmap7v646fas6qa name=Ada email=ada@example.org
edit z7qa3xsg56kcmap7v646fas6qa email=eve@example.org
    store A2 edit z7qa3xsg56kcmap7v646fas6qa email=eve@example.org cause=A1 writing
    -- on disk
    changed z7qa3xsg56kcmap7v646fas6qa
    send A2 edit z7qa3xsg56kcmap7v646fas6qa email=eve@example.org cause=A1
refused A2 code=email_fixed
    store A2 edit z7qa3xsg56kcmap7v646fas6qa email=eve@example.org cause=A1 rolled-back email_fixed
    fell A2 edit z7qa3xsg56kcmap7v646fas6qa email=eve@example.org cause=A1 rolled-back email_fixed
    changed z7qa3xsg56kcmap7v646fas6qa
reject A1 seq=6 code=projection_failed
feed from=5 to=6
    store A1 create z7qa3xsg56kcmap7v646fas6qa name=Ada email=ada@example.org rolled-back #6 projection_failed
    fell A1 create z7qa3xsg56kcmap7v646fas6qa name=Ada email=ada@example.org rolled-back #6 projection_failed
    changed z7qa3xsg56kcmap7v646fas6qa
    moved
retry z7qa3xsg56kcmap7v646fas6qa
    store A3 create hhzlbrzav64r7diqldvm3gsw6l name=Ada email=eve@example.org writing
    -- on disk
    forget A1
    forget A2
    changed z7qa3xsg56kcmap7v646fas6qa
    changed hhzlbrzav64r7diqldvm3gsw6l
    send A3 create hhzlbrzav64r7diqldvm3gsw6l name=Ada email=eve@example.org
show z7qa3xsg56kcmap7v646fas6qa
    nothing
show hhzlbrzav64r7diqldvm3gsw6l
    pending name=Ada email=eve@example.org seen=1 log=- db=-
      pending A3 create hhzlbrzav64r7diqldvm3gsw6l name=Ada email=eve@example.org sent
# An edit alone makes no record, and stays where it is.
accepted A3 seq=7 v=1
    changed hhzlbrzav64r7diqldvm3gsw6l
row hhzlbrzav64r7diqldvm3gsw6l v=1 seq=7 name=Ada email=eve@example.org born=7 by=ann command=A3
feed from=6 to=7
    changed hhzlbrzav64r7diqldvm3gsw6l
    moved
    forget A3
    settled A3
edit hhzlbrzav64r7diqldvm3gsw6l email=grace@example.org
    store A4 edit hhzlbrzav64r7diqldvm3gsw6l email=grace@example.org base=7 writing
    -- on disk
    changed hhzlbrzav64r7diqldvm3gsw6l
    send A4 edit hhzlbrzav64r7diqldvm3gsw6l email=grace@example.org base=7
refused A4 code=email_fixed
    store A4 edit hhzlbrzav64r7diqldvm3gsw6l email=grace@example.org base=7 rolled-back email_fixed
    fell A4 edit hhzlbrzav64r7diqldvm3gsw6l email=grace@example.org base=7 rolled-back email_fixed
    changed hhzlbrzav64r7diqldvm3gsw6l
retry hhzlbrzav64r7diqldvm3gsw6l email=ada@example.org
    store A5 edit hhzlbrzav64r7diqldvm3gsw6l email=ada@example.org base=7 writing
    -- on disk
    forget A4
    changed hhzlbrzav64r7diqldvm3gsw6l
    send A5 edit hhzlbrzav64r7diqldvm3gsw6l email=ada@example.org base=7
# Unless somebody deleted the record since: then it is one create.
row hhzlbrzav64r7diqldvm3gsw6l v=2 seq=8 name=Ada email=eve@example.org deleted
feed from=7 to=8
    changed hhzlbrzav64r7diqldvm3gsw6l
    moved
refused A5 code=not_found
    store A5 edit hhzlbrzav64r7diqldvm3gsw6l email=ada@example.org base=7 rolled-back not_found
    fell A5 edit hhzlbrzav64r7diqldvm3gsw6l email=ada@example.org base=7 rolled-back not_found
    changed hhzlbrzav64r7diqldvm3gsw6l
retry hhzlbrzav64r7diqldvm3gsw6l
    store A6 create z7qa3xsg56kcmap7v646fas6qa name=Ada email=ada@example.org writing
    -- on disk
    forget A5
    changed hhzlbrzav64r7diqldvm3gsw6l
    changed z7qa3xsg56kcmap7v646fas6qa
    send A6 create z7qa3xsg56kcmap7v646fas6qa name=Ada email=ada@example.org
show hhzlbrzav64r7diqldvm3gsw6l
    nothing
show z7qa3xsg56kcmap7v646fas6qa
    pending name=Ada email=ada@example.org seen=1 log=- db=-
      pending A6 create z7qa3xsg56kcmap7v646fas6qa name=Ada email=ada@example.org sent
# An email that is none names no record.
refused A6 code=invalid_email
    store A6 create z7qa3xsg56kcmap7v646fas6qa name=Ada email=ada@example.org rolled-back invalid_email
    fell A6 create z7qa3xsg56kcmap7v646fas6qa name=Ada email=ada@example.org rolled-back invalid_email
    changed z7qa3xsg56kcmap7v646fas6qa
retry z7qa3xsg56kcmap7v646fas6qa email=none
    store A7 create z7qa3xsg56kcmap7v646fas6qa name=Ada email=none writing
    -- on disk
    forget A6
    changed z7qa3xsg56kcmap7v646fas6qa
    send A7 create z7qa3xsg56kcmap7v646fas6qa name=Ada email=none
# And where the id is the client's own, an email is a field like any other.
refused A7 code=invalid_email
    store A7 create z7qa3xsg56kcmap7v646fas6qa name=Ada email=none rolled-back invalid_email
    fell A7 create z7qa3xsg56kcmap7v646fas6qa name=Ada email=none rolled-back invalid_email
    changed z7qa3xsg56kcmap7v646fas6qa
follow strategy=reconcile
    changed everything
retry z7qa3xsg56kcmap7v646fas6qa email=grace@example.org
    store A8 create z7qa3xsg56kcmap7v646fas6qa name=Ada email=grace@example.org writing
    -- on disk
    forget A7
    changed z7qa3xsg56kcmap7v646fas6qa
    send A8 create z7qa3xsg56kcmap7v646fas6qa name=Ada email=grace@example.org
