"""Coming in: the home page, the account, the language, log-in and help."""
