"""Full-text indexes over the search entries: FTS5 on SQLite, a tsvector on PostgreSQL."""

from django.db import migrations

SQLITE = [
    """CREATE VIRTUAL TABLE kernel_search_words USING fts5(
        title, body, content='kernel_searchentry', content_rowid='id',
        tokenize='unicode61 remove_diacritics 2', prefix='2 3')""",
    """CREATE TRIGGER search_added AFTER INSERT ON kernel_searchentry BEGIN
        INSERT INTO kernel_search_words(rowid, title, body) VALUES (NEW.id, NEW.title, NEW.body);
       END""",
    """CREATE TRIGGER search_removed AFTER DELETE ON kernel_searchentry BEGIN
        INSERT INTO kernel_search_words(kernel_search_words, rowid, title, body)
        VALUES ('delete', OLD.id, OLD.title, OLD.body);
       END""",
    """CREATE TRIGGER search_changed AFTER UPDATE OF title, body ON kernel_searchentry BEGIN
        INSERT INTO kernel_search_words(kernel_search_words, rowid, title, body)
        VALUES ('delete', OLD.id, OLD.title, OLD.body);
        INSERT INTO kernel_search_words(rowid, title, body) VALUES (NEW.id, NEW.title, NEW.body);
       END""",
]
SQLITE_BACK = [
    "DROP TRIGGER search_changed",
    "DROP TRIGGER search_removed",
    "DROP TRIGGER search_added",
    "DROP TABLE kernel_search_words",
]
# The words are folded by the program before they are stored (no accents, no case), so that no
# extension is needed: many hosts do not let one be made.
POSTGRESQL = [
    "ALTER TABLE kernel_searchentry ADD COLUMN words tsvector",
    "CREATE INDEX search_words ON kernel_searchentry USING gin (words)",
]
POSTGRESQL_BACK = ["ALTER TABLE kernel_searchentry DROP COLUMN words"]


def lay(apps, editor):
    for words in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[editor.connection.vendor]:
        editor.execute(words)


def lift(apps, editor):
    for words in {"sqlite": SQLITE_BACK, "postgresql": POSTGRESQL_BACK}[editor.connection.vendor]:
        editor.execute(words)


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0007_search"),
    ]

    operations = [migrations.RunPython(lay, lift)]
