"""What happens without a button. Due times are columns; a job asks what is due, moves on, and owes what follows."""
