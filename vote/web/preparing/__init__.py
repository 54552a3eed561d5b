"""The clerk prepares an election and watches over it while it is open."""
