# The last message is lost; a heartbeat shows it.
connect
    moved
    sync epoch="" since=0
synced full to=5
    changed everything
    moved
feed from=7 to=7
    sync epoch="e1" since=5
sync-failed
tick after=999
tick after=1
    sync epoch="e1" since=5
synced to=7
    moved
feed from=7 to=7
