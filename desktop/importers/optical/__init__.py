"""Pictures of tables: made upright, their rules found, their characters read, each with a doubt."""
