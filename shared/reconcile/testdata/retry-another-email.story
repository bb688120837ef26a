# Where the email is the id, a create with another email makes another record.
# This one met Grace's own; tried again with her own email, Ada is no part of it.
follow strategy=natural-key
    changed everything
connect
    moved
    sync epoch="" since=0
row em5mtbfvsoy5odmn4mkq66kdas v=1 seq=5 name=Grace email=grace@example.org born=5
synced full to=5
    changed everything
    moved
create em5mtbfvsoy5odmn4mkq66kdas name=Ada email=grace@example.org
    store A1 create em5mtbfvsoy5odmn4mkq66kdas name=Ada email=grace@example.org base=5 writing
    -- on disk
    changed em5mtbfvsoy5odmn4mkq66kdas
    send A1 create em5mtbfvsoy5odmn4mkq66kdas name=Ada email=grace@example.org base=5
refused A1 code=exists
    store A1 create em5mtbfvsoy5odmn4mkq66kdas name=Ada email=grace@example.org base=5 rolled-back exists
    fell A1 create em5mtbfvsoy5odmn4mkq66kdas name=Ada email=grace@example.org base=5 rolled-back exists
    changed em5mtbfvsoy5odmn4mkq66kdas
show em5mtbfvsoy5odmn4mkq66kdas
    rolled-back name=Grace email=grace@example.org seen=1 log=1 db=1
      tray A1 create em5mtbfvsoy5odmn4mkq66kdas name=Ada email=grace@example.org base=5 rolled-back exists
retry em5mtbfvsoy5odmn4mkq66kdas email=ada@example.org held
    store A2 create z7qa3xsg56kcmap7v646fas6qa name=Ada email=ada@example.org writing
# Until the disk has it, what was typed lies where it was. Pressed twice, it is
# still one.
show em5mtbfvsoy5odmn4mkq66kdas
    rolled-back name=Grace email=grace@example.org seen=1 log=1 db=1
      tray A1 create em5mtbfvsoy5odmn4mkq66kdas name=Ada email=grace@example.org base=5 rolled-back exists
show z7qa3xsg56kcmap7v646fas6qa
    nothing
retry em5mtbfvsoy5odmn4mkq66kdas email=eve@example.org
stored A2
    forget A1
    changed em5mtbfvsoy5odmn4mkq66kdas
    changed z7qa3xsg56kcmap7v646fas6qa
    send A2 create z7qa3xsg56kcmap7v646fas6qa name=Ada email=ada@example.org
show em5mtbfvsoy5odmn4mkq66kdas
    confirmed name=Grace email=grace@example.org seen=1 log=1 db=1
show z7qa3xsg56kcmap7v646fas6qa
    pending name=Ada email=ada@example.org seen=1 log=- db=-
      pending A2 create z7qa3xsg56kcmap7v646fas6qa name=Ada email=ada@example.org sent
# The same email, however it is written, is the same record.
refused A2 code=email_taken
    store A2 create z7qa3xsg56kcmap7v646fas6qa name=Ada email=ada@example.org rolled-back email_taken
    fell A2 create z7qa3xsg56kcmap7v646fas6qa name=Ada email=ada@example.org rolled-back email_taken
    changed z7qa3xsg56kcmap7v646fas6qa
retry z7qa3xsg56kcmap7v646fas6qa email=ADA@example.org
    store A3 create z7qa3xsg56kcmap7v646fas6qa name=Ada email=ADA@example.org writing
    -- on disk
    forget A2
    changed z7qa3xsg56kcmap7v646fas6qa
    send A3 create z7qa3xsg56kcmap7v646fas6qa name=Ada email=ADA@example.org
# Both records have their own life from then on.
undo em5mtbfvsoy5odmn4mkq66kdas
dismiss em5mtbfvsoy5odmn4mkq66kdas
disconnect
    moved
refused A3 code=email_taken
    store A3 create z7qa3xsg56kcmap7v646fas6qa name=Ada email=ADA@example.org rolled-back email_taken
    fell A3 create z7qa3xsg56kcmap7v646fas6qa name=Ada email=ADA@example.org rolled-back email_taken
    changed z7qa3xsg56kcmap7v646fas6qa
retry z7qa3xsg56kcmap7v646fas6qa email=eve@example.org
    store A4 create hhzlbrzav64r7diqldvm3gsw6l name=Ada email=eve@example.org writing
    -- on disk
    forget A3
    changed z7qa3xsg56kcmap7v646fas6qa
    changed hhzlbrzav64r7diqldvm3gsw6l
undo hhzlbrzav64r7diqldvm3gsw6l
    forget A4
    changed hhzlbrzav64r7diqldvm3gsw6l
show z7qa3xsg56kcmap7v646fas6qa
    nothing
show hhzlbrzav64r7diqldvm3gsw6l
    nothing
