"""The portal: people, permissions and pages around the engines.

One folder a capability, with the same rooms in each:

``models`` (slim) · ``rules`` (who may, one file) · ``operations`` (writes: one transaction, checked, audited) ·
``queries`` (reads) · ``forms`` and ``tables`` · ``views`` · ``urls``

Facts and history stay in the alliance folder; the database holds people, workflow, queues, contacts and projections.
"""
