"""Mailboxes of citizens that were changed before this was kept: the letter on the change went to each (ADR 0071)."""

from django.db import migrations

FILL = """
INSERT INTO accounts_formercontact (account_id, organisation_id, value, left_at)
SELECT account.id, NULL, lower(letter.address), max(letter.posted_at)
FROM notify_outboxmessage AS letter JOIN accounts_account AS account ON account.id = letter.account_id
WHERE letter.key = 'account.email_changed' AND letter.channel = 'email' AND letter.address <> ''
  AND account.kind = 'citizen' AND lower(letter.address) <> lower(account.email)
GROUP BY account.id, lower(letter.address)
ON CONFLICT DO NOTHING
"""


class Migration(migrations.Migration):
    dependencies = [("notify", "0008_job_failures"), ("accounts", "0012_former_contacts")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
