"""The only place that knows tables: schema, migrations, unit of work, audit and backup."""
