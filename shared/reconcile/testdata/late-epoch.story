# A late message of an epoch that is over costs one resync, not one after
# another for ever.
connect
    moved
    sync epoch="" since=0
synced full to=5
    changed everything
    moved
feed from=5 to=6 epoch=e0
    sync epoch="e1" since=5
synced to=5
    moved
feed from=5 to=6
    moved
