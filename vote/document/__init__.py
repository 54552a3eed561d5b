"""Papers that fill themselves: every form of an assembly's life from what is known, as PDF and as editable DOCX."""
