"""One exchange, start to end: nurseries and channels live here."""
