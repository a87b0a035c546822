"""What the answers of a run are worth: agreement, aggregation, anomalies, always told as evidence."""
