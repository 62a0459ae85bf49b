### What is held about somebody, and erasing it.
