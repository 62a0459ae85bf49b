### Asking a mentor, and answering.
