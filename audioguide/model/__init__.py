"""What flows down the road: values without I/O, from what a user wrote to what is heard when."""
