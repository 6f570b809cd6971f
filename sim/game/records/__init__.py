"""What is kept of a campaign: orders, figures of each day, digests, the comparison with history."""
