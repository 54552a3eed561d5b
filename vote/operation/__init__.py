"""Operating an installation: backup, restore, check, health, metrics, logs, start."""
