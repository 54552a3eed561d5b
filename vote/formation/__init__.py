"""The life of an assembly and its committee as cases: forming, renewal, by-election, recall, interim meetings."""
