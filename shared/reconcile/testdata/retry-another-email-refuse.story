# A strategy that takes no change of what is pending asks that of the record that
# the retry makes, and not of the one that it leaves.
follow strategy=natural-key,dependents=refuse
    changed everything
connect
    moved
    sync epoch="" since=0
synced full to=5
    changed everything
    moved
create em5mtbfvsoy5odmn4mkq66kdas name=Ada email=grace@example.org strategy=natural-key,dependents=refuse
    store A1 create em5mtbfvsoy5odmn4mkq66kdas name=Ada email=grace@example.org writing
    -- on disk
    changed em5mtbfvsoy5odmn4mkq66kdas
    send A1 create em5mtbfvsoy5odmn4mkq66kdas name=Ada email=grace@example.org
refused A1 code=projection_failed
    store A1 create em5mtbfvsoy5odmn4mkq66kdas name=Ada email=grace@example.org rolled-back projection_failed
    fell A1 create em5mtbfvsoy5odmn4mkq66kdas name=Ada email=grace@example.org rolled-back projection_failed
    changed em5mtbfvsoy5odmn4mkq66kdas
create z7qa3xsg56kcmap7v646fas6qa name=Twin email=ada@example.org strategy=natural-key,dependents=refuse
    store A2 create z7qa3xsg56kcmap7v646fas6qa name=Twin email=ada@example.org writing
    -- on disk
    changed z7qa3xsg56kcmap7v646fas6qa
    send A2 create z7qa3xsg56kcmap7v646fas6qa name=Twin email=ada@example.org
retry em5mtbfvsoy5odmn4mkq66kdas email=ada@example.org strategy=natural-key,dependents=refuse
    declined A3 z7qa3xsg56kcmap7v646fas6qa
show em5mtbfvsoy5odmn4mkq66kdas
    rolled-back name=Ada email=grace@example.org seen=- log=- db=- gone
      tray A1 create em5mtbfvsoy5odmn4mkq66kdas name=Ada email=grace@example.org rolled-back projection_failed
create em5mtbfvsoy5odmn4mkq66kdas name=Grace email=grace@example.org strategy=natural-key,dependents=refuse
    store A3 create em5mtbfvsoy5odmn4mkq66kdas name=Grace email=grace@example.org writing
    -- on disk
    changed em5mtbfvsoy5odmn4mkq66kdas
    send A3 create em5mtbfvsoy5odmn4mkq66kdas name=Grace email=grace@example.org
retry em5mtbfvsoy5odmn4mkq66kdas strategy=natural-key,dependents=refuse
    declined A4 em5mtbfvsoy5odmn4mkq66kdas
retry em5mtbfvsoy5odmn4mkq66kdas email=eve@example.org strategy=natural-key,dependents=refuse
    store A4 create hhzlbrzav64r7diqldvm3gsw6l name=Ada email=eve@example.org writing
    -- on disk
    forget A1
    changed em5mtbfvsoy5odmn4mkq66kdas
    changed hhzlbrzav64r7diqldvm3gsw6l
    send A4 create hhzlbrzav64r7diqldvm3gsw6l name=Ada email=eve@example.org
show em5mtbfvsoy5odmn4mkq66kdas
    pending name=Grace email=grace@example.org seen=1 log=- db=-
      pending A3 create em5mtbfvsoy5odmn4mkq66kdas name=Grace email=grace@example.org sent
show hhzlbrzav64r7diqldvm3gsw6l
    pending name=Ada email=eve@example.org seen=1 log=- db=-
      pending A4 create hhzlbrzav64r7diqldvm3gsw6l name=Ada email=eve@example.org sent
