"""`prolific_sandbox`: the Prolific provider against a Prolific-compatible server of our own."""
