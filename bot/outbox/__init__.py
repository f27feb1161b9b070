"""What we owe: letters (facts) and answers, and the sender that gets them out."""
