"""Tables, sentences and findings into files (成文)."""
