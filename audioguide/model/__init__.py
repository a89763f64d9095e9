"""What flows through the pipeline: values without I/O, from what a user wrote to what is heard when."""
