# What is being retried is dismissed before the disk has the retry. It goes, and
# the retry does not.
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
refused A1 code=projection_failed
    store A1 create em5mtbfvsoy5odmn4mkq66kdas name=Ada email=grace@example.org rolled-back projection_failed
    fell A1 create em5mtbfvsoy5odmn4mkq66kdas name=Ada email=grace@example.org rolled-back projection_failed
    changed em5mtbfvsoy5odmn4mkq66kdas
retry em5mtbfvsoy5odmn4mkq66kdas email=ada@example.org held
    store A2 create z7qa3xsg56kcmap7v646fas6qa name=Ada email=ada@example.org writing
dismiss em5mtbfvsoy5odmn4mkq66kdas
    forget A1
    changed em5mtbfvsoy5odmn4mkq66kdas
stored A2
    changed z7qa3xsg56kcmap7v646fas6qa
    send A2 create z7qa3xsg56kcmap7v646fas6qa name=Ada email=ada@example.org
show em5mtbfvsoy5odmn4mkq66kdas
    nothing
show z7qa3xsg56kcmap7v646fas6qa
    pending name=Ada email=ada@example.org seen=1 log=- db=-
      pending A2 create z7qa3xsg56kcmap7v646fas6qa name=Ada email=ada@example.org sent
