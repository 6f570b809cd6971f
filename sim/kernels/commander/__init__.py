"""The computer commanders: what they see, what they aim at, where they move and attack."""
