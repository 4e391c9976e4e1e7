"""tmp"""
import jellyfish
from dbt.adapters.duckdb.plugins import BasePlugin
class Plugin(BasePlugin):
    def configure_connection(self, conn):
        for n in ("soundex","metaphone","nysiis"):
            conn.create_function("idr_"+n, getattr(jellyfish,n), ["VARCHAR"], "VARCHAR")
