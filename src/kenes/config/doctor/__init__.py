"""What `kenes doctor` looks at, and what to do about what it finds.

findings   one line of the report
database   its settings, migrations, log, clock
machine    limits, disk, folders, secret, static files, worker
address    the site as people reach it: TLS, HTTP/2, headers, compression
stream     the event stream through whatever stands before the site
"""
