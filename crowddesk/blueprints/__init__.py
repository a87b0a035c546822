"""What is asked of a worker: a task's data files, its template, and the answer that comes back."""
