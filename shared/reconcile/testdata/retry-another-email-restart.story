# The retry lies on the disk under its new id, and what it replaces still under
# the old one, when the program dies. Both come back: nothing typed is lost.
follow strategy=natural-key
    changed everything
connect
    moved
    sync epoch="" since=0
synced full to=5
    changed everything
    moved
create em5mtbfvsoy5odmn4mkq66kdas name=Ada email=grace@example.org
    store A1 create em5mtbfvsoy5odmn4mkq66kdas name=Ada email=grace@example.org writing
    -- on disk
    changed em5mtbfvsoy5odmn4mkq66kdas
    send A1 create em5mtbfvsoy5odmn4mkq66kdas name=Ada email=grace@example.org
edit em5mtbfvsoy5odmn4mkq66kdas name=Ada_Lovelace
    store A2 edit em5mtbfvsoy5odmn4mkq66kdas name=Ada_Lovelace cause=A1 writing
    -- on disk
    changed em5mtbfvsoy5odmn4mkq66kdas
    send A2 edit em5mtbfvsoy5odmn4mkq66kdas name=Ada_Lovelace cause=A1
reject A1 seq=6 code=projection_failed
reject A2 seq=7 code=cascade root=A1
feed from=5 to=7
    store A1 create em5mtbfvsoy5odmn4mkq66kdas name=Ada email=grace@example.org rolled-back #6 projection_failed
    fell A1 create em5mtbfvsoy5odmn4mkq66kdas name=Ada email=grace@example.org rolled-back #6 projection_failed
    changed em5mtbfvsoy5odmn4mkq66kdas
    store A2 edit em5mtbfvsoy5odmn4mkq66kdas name=Ada_Lovelace cause=A1 rolled-back cascade root=A1
    fell A2 edit em5mtbfvsoy5odmn4mkq66kdas name=Ada_Lovelace cause=A1 rolled-back cascade root=A1
    moved
retry em5mtbfvsoy5odmn4mkq66kdas email=ada@example.org held
    store A3 create z7qa3xsg56kcmap7v646fas6qa name=Ada_Lovelace email=ada@example.org writing
restart
    changed em5mtbfvsoy5odmn4mkq66kdas
    changed em5mtbfvsoy5odmn4mkq66kdas
    changed z7qa3xsg56kcmap7v646fas6qa
follow strategy=natural-key
    changed everything
show em5mtbfvsoy5odmn4mkq66kdas
    rolled-back name=Ada_Lovelace email=grace@example.org seen=- log=- db=- gone
      tray A1 create em5mtbfvsoy5odmn4mkq66kdas name=Ada email=grace@example.org rolled-back #6 projection_failed
      tray A2 edit em5mtbfvsoy5odmn4mkq66kdas name=Ada_Lovelace cause=A1 rolled-back cascade root=A1
show z7qa3xsg56kcmap7v646fas6qa
    pending name=Ada_Lovelace email=ada@example.org seen=1 log=- db=-
      pending A3 create z7qa3xsg56kcmap7v646fas6qa name=Ada_Lovelace email=ada@example.org queued
connect
    moved
    sync epoch="" since=0
    changed z7qa3xsg56kcmap7v646fas6qa
    send A3 create z7qa3xsg56kcmap7v646fas6qa name=Ada_Lovelace email=ada@example.org
synced full to=7
    changed everything
    moved
    send A3 create z7qa3xsg56kcmap7v646fas6qa name=Ada_Lovelace email=ada@example.org
dismiss em5mtbfvsoy5odmn4mkq66kdas
    forget A1
    forget A2
    changed em5mtbfvsoy5odmn4mkq66kdas
show em5mtbfvsoy5odmn4mkq66kdas
    nothing
show z7qa3xsg56kcmap7v646fas6qa
    pending name=Ada_Lovelace email=ada@example.org seen=1 log=- db=-
      pending A3 create z7qa3xsg56kcmap7v646fas6qa name=Ada_Lovelace email=ada@example.org sent
# Dead a moment later, it is the retry alone that comes back.
refused A3 code=projection_failed
    store A3 create z7qa3xsg56kcmap7v646fas6qa name=Ada_Lovelace email=ada@example.org rolled-back projection_failed
    fell A3 create z7qa3xsg56kcmap7v646fas6qa name=Ada_Lovelace email=ada@example.org rolled-back projection_failed
    changed z7qa3xsg56kcmap7v646fas6qa
retry z7qa3xsg56kcmap7v646fas6qa email=eve@example.org
    store A4 create hhzlbrzav64r7diqldvm3gsw6l name=Ada_Lovelace email=eve@example.org writing
    -- on disk
    forget A3
    changed z7qa3xsg56kcmap7v646fas6qa
    changed hhzlbrzav64r7diqldvm3gsw6l
    send A4 create hhzlbrzav64r7diqldvm3gsw6l name=Ada_Lovelace email=eve@example.org
restart
    changed hhzlbrzav64r7diqldvm3gsw6l
follow strategy=natural-key
    changed everything
show z7qa3xsg56kcmap7v646fas6qa
    nothing
show hhzlbrzav64r7diqldvm3gsw6l
    pending name=Ada_Lovelace email=eve@example.org seen=1 log=- db=-
      pending A4 create hhzlbrzav64r7diqldvm3gsw6l name=Ada_Lovelace email=eve@example.org queued
