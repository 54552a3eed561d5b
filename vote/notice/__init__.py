"""Public notices that count their days, personal notices to each owner, objections that all get an answer."""
