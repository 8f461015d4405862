"""How the parts are put together: settings and root addresses."""
